package io.voldesk.snapshot.health;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.DateRange;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.snapshot.capture.BackfillStore;
import io.voldesk.snapshot.capture.SnapshotCapture;
import io.voldesk.snapshot.capture.SnapshotStore;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.probability.Density;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What the data page shows: latest status, coverage by date, probability readiness. */
@Path("/api/snapshots")
@RunOnVirtualThread
public class HealthResource {
    private static final int USUAL_DAYS = 13;
    private static final int MOST_DAYS = 400;

    private final Jdbi jdbi;
    private final SnapshotStore snapshots;
    private final BackfillStore backfills;
    private final SnapshotCapture capture;
    private final Density densities;
    private final Clock clock;

    public HealthResource(
            Jdbi jdbi,
            SnapshotStore snapshots,
            BackfillStore backfills,
            SnapshotCapture capture,
            Density densities,
            Clock clock) {
        this.jdbi = jdbi;
        this.snapshots = snapshots;
        this.backfills = backfills;
        this.capture = capture;
        this.densities = densities;
        this.clock = clock;
    }

    /**
     * One stored snapshot, judged against the latest complete UTC date.
     *
     * @param status {@code ok}, {@code suspicious}, {@code partial} (captured before the day was over), {@code pending} (a day behind,
     *     its capture is due), {@code stale}, {@code no_payload} (the vendor has nothing) or {@code missing}
     * @param ageSeconds from the last source time to now; of a chain, whose one observation stands for its day, from the day's end
     * @param lastAttempt status and reason of the newest run for the latest complete date, else for the date shown
     */
    public record Latest(
            SnapshotType type,
            String currency,
            String status,
            @Nullable String reason,
            @Nullable LocalDate snapshotDate,
            Long daysBehind,
            Long ageSeconds,
            Integer recordCount,
            Integer suspiciousCount,
            @Nullable String warnings,
            @Nullable Instant sourceFrom,
            @Nullable Instant sourceTo,
            Integer sourceTimestamps,
            @Nullable Instant createdAt,
            @Nullable String lastAttempt) {}

    /**
     * @param failedBackfills what backfills gave up on and nobody has captured since; empty where nothing is owed
     */
    public record Status(
            LocalDate latestCompleteDate, List<Latest> items, List<BackfillStore.Failed> failedBackfills) {}

    public record Cell(
            LocalDate date,
            SnapshotType type,
            String currency,
            String status,
            Integer recordCount,
            Integer suspiciousCount) {}

    public record Coverage(LocalDate from, LocalDate to, LocalDate latestCompleteDate, List<Cell> cells) {}

    /** @param reason of the state; null where ok. {@code ageSeconds} of the surface the density is fitted to */
    public record Readiness(
            String currency,
            int dte,
            String state,
            @Nullable String reason,
            Long ageSeconds,
            Density.Quality densityQuality) {}

    public record ReadinessAnswer(List<Readiness> items) {}

    @GET
    @Path("/status")
    public Status status() {
        snapshots.settle();
        LocalDate complete = capture.latestCompleteDate();
        Map<String, StoredSnapshot> latest = new HashMap<>();
        Map<String, Attempt> attempts = new HashMap<>();
        jdbi.useHandle(handle -> {
            handle.createQuery("""
                            select distinct on (snapshot_type, currency) * from snapshot where snapshot_date <= :complete
                            order by snapshot_type, currency, snapshot_date desc""")
                    .bind("complete", complete)
                    .map((row, context) -> StoredSnapshot.read(row))
                    .forEach(s -> latest.put(s.type() + s.currency(), s));
            handle.createQuery("""
                            select distinct on (snapshot_type, currency) snapshot_type || currency, r.status, r.target_date, r.error
                            from snapshot_run r
                            left join (
                              select snapshot_type, currency, max(snapshot_date) as shown from snapshot
                              where snapshot_date <= :complete group by snapshot_type, currency) s using (snapshot_type, currency)
                            where r.target_date in (:complete, s.shown)
                            order by snapshot_type, currency, r.target_date desc, r.id desc""")
                    .bind("complete", complete)
                    .map((row, context) -> Map.entry(
                            row.getString(1),
                            new Attempt(row.getString(2), row.getObject(3, LocalDate.class), row.getString(4))))
                    .forEach(entry -> attempts.put(entry.getKey(), entry.getValue()));
        });
        Instant now = clock.instant();
        List<Latest> items = new ArrayList<>();
        for (SnapshotType type : SnapshotType.values()) {
            for (String currency : Currency.CODES) {
                items.add(judge(
                        type,
                        currency,
                        latest.get(type.code() + currency),
                        complete,
                        now,
                        attempts.get(type.code() + currency)));
            }
        }
        return new Status(complete, items, backfills.failed());
    }

    private static Latest judge(
            SnapshotType type, String currency, StoredSnapshot s, LocalDate complete, Instant now, Attempt attempt) {
        boolean empty = attempt != null && attempt.emptyFor(complete);
        String last = attempt == null ? null : attempt.words();
        if (s == null) {
            return new Latest(
                    type,
                    currency,
                    empty ? "no_payload" : "missing",
                    empty ? "vendor_has_no_rows" : "no_snapshot_stored",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    last);
        }
        long behind = complete.toEpochDay() - s.date().toEpochDay();
        AgeRule.Age age = AgeRule.SNAPSHOT.of(type.standsUntil(s.date(), s.to()), now, null);
        String status;
        String reason;
        if (behind == 0) {
            status = s.status();
            reason = s.reason();
        } else if (!age.ok()) {
            status = age.state().code();
            reason = age.reason();
        } else {
            status = "pending";
            reason = empty ? "vendor_has_no_rows_for_" + complete : "capture_of_" + complete + "_due";
        }
        return new Latest(
                type,
                currency,
                status,
                reason,
                s.date(),
                behind,
                age.seconds(),
                s.records(),
                s.suspicious(),
                s.warnings().isEmpty() ? null : s.warnings(),
                s.from(),
                s.to(),
                s.timestamps(),
                s.createdAt(),
                last);
    }

    @GET
    @Path("/coverage")
    public Coverage coverage(
            @QueryParam("from") LocalDate from,
            @QueryParam("to") LocalDate to,
            @QueryParam("currency") Currency currency) {
        LocalDate complete = capture.latestCompleteDate();
        LocalDate end = to == null ? complete.plusDays(1) : to;
        DateRange range = DateRange.of(from == null ? end.minusDays(USUAL_DAYS) : from, end, MOST_DAYS);
        List<String> currencies = currency == null ? Currency.CODES : List.of(currency.name());
        Map<String, StoredSnapshot> stored = new HashMap<>();
        Map<String, String> runs = new HashMap<>();
        jdbi.useHandle(handle -> {
            handle.createQuery("select * from snapshot where snapshot_date between :from and :to")
                    .bind("from", range.from())
                    .bind("to", range.to())
                    .map((row, context) -> StoredSnapshot.read(row))
                    .forEach(s -> stored.put(s.type() + s.currency() + s.date(), s));
            handle.createQuery("""
                            select distinct on (snapshot_type, currency, target_date) snapshot_type || currency || target_date, status
                            from snapshot_run where target_date between :from and :to
                            order by snapshot_type, currency, target_date, id desc""")
                    .bind("from", range.from())
                    .bind("to", range.to())
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
        });
        List<Cell> cells = new ArrayList<>();
        range.from().datesUntil(range.to().plusDays(1)).forEach(date -> {
            for (SnapshotType type : SnapshotType.values()) {
                for (String c : currencies) {
                    String key = type.code() + c + date;
                    StoredSnapshot s = stored.get(key);
                    String status = s == null ? runs.getOrDefault(key, "missing") : s.status();
                    cells.add(new Cell(
                            date, type, c, status, s == null ? null : s.records(), s == null ? null : s.suspicious()));
                }
            }
        });
        return new Coverage(range.from(), range.to(), complete, cells);
    }

    @GET
    @Path("/readiness")
    public ReadinessAnswer readiness() {
        Instant now = clock.instant();
        List<Readiness> items = new ArrayList<>();
        for (String currency : Currency.CODES) {
            for (int dte : List.of(7, 30)) {
                Density.Quality quality = densities.of(currency, dte, now).quality();
                AgeRule.Age age = AgeRule.SNAPSHOT.of(quality.surfaceTimestamp(), now, "no_surface_snapshot");
                String why =
                        quality.reasons().isEmpty() ? null : quality.reasons().getFirst();
                items.add(new Readiness(
                        currency,
                        dte,
                        age.ok() ? quality.state().code() : age.state().code(),
                        age.ok() ? why : age.reason(),
                        age.seconds(),
                        quality));
            }
        }
        return new ReadinessAnswer(items);
    }
}
