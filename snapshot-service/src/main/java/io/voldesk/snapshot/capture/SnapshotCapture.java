package io.voldesk.snapshot.capture;

import io.quarkus.arc.All;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.remediation.RemediationLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The entry to capture: fetches (the raw answer is archived first), checks, and replaces the snapshot of a type, currency and
 * date in one transaction. Currencies go side by side, the types of one currency in their order.
 */
@ApplicationScoped
public class SnapshotCapture {
    private static final Logger LOG = Logger.getLogger(SnapshotCapture.class);

    /** Of the first coin there was. */
    private static final LocalDate FIRST_DATE = LocalDate.of(2009, 1, 3);

    private final Map<SnapshotType, SnapshotSource> sources;
    private final SnapshotStore store;
    private final RemediationLog remediation;
    private final RunLock locks;
    private final Clock clock;
    private final int catchUpDays;

    public SnapshotCapture(
            @All List<SnapshotSource> sources,
            SnapshotStore store,
            RemediationLog remediation,
            RunLock locks,
            Clock clock,
            @ConfigProperty(name = "voldesk.snapshot.catch-up-days") int catchUpDays) {
        this.sources = sources.stream().collect(Collectors.toMap(SnapshotSource::type, Function.identity()));
        this.store = store;
        this.remediation = remediation;
        this.locks = locks;
        this.clock = clock;
        this.catchUpDays = catchUpDays;
    }

    /** Today − 1 in UTC: the day a default run is for. */
    public LocalDate latestCompleteDate() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    }

    /**
     * Captures every combination; a failure of one leaves the others alone, and the answer has them all.
     *
     * @param why the operator's reason; null where none was given
     * @throws Problem 400 where there was no market on that date yet
     * @throws RuntimeException what the first of them failed with, where none of them could even be begun
     */
    public List<CaptureResult> captureAll(
            LocalDate date,
            List<SnapshotType> types,
            List<String> currencies,
            String requestedBy,
            String kind,
            String why) {
        if (date.isBefore(FIRST_DATE)) {
            throw Problem.badField("target_date", "must not be before " + FIRST_DATE + ", when there was no coin yet");
        }
        List<SnapshotType> ordered = types.stream().distinct().sorted().toList();
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<CaptureResult>>> running = new ArrayList<>();
            for (String currency : currencies.stream().distinct().toList()) {
                Callable<List<CaptureResult>> work = () -> ordered.stream()
                        .map(type -> orFailed(
                                type,
                                currency,
                                date,
                                failures,
                                () -> capture(type, currency, date, requestedBy, kind, why)))
                        .toList();
                running.add(workers.submit(work));
            }
            List<CaptureResult> results = new ArrayList<>();
            for (Future<List<CaptureResult>> future : running) {
                results.addAll(future.get());
            }
            if (failures.size() == results.size()) {
                throw failures.remove();
            }
            results.sort(Comparator.comparing(CaptureResult::type).thenComparing(CaptureResult::currency));
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static CaptureResult orFailed(
            SnapshotType type,
            String currency,
            LocalDate date,
            Queue<RuntimeException> failures,
            Supplier<CaptureResult> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            failures.add(e);
            return CaptureResult.nothing(null, type, currency, date, "failed", words(e));
        }
    }

    /** For a ledger and an answer; what is no problem of anybody's is in the log. */
    private static String words(RuntimeException e) {
        if (e instanceof Problem) {
            return e.getMessage();
        }
        LOG.error("a capture failed", e);
        return DatabaseTrouble.words(e).orElse("internal error: " + e.getClass().getSimpleName());
    }

    /**
     * The run of the day: the latest complete date, and the days of the look-back before it that a run has missed: those after the
     * first snapshot ever that have none, or one that was captured before the day was over. Of a type that cannot be had for a past
     * date they are told as unavailable.
     */
    public List<CaptureResult> scheduled(List<SnapshotType> types, List<String> currencies, String requestedBy) {
        LocalDate latest = latestCompleteDate();
        List<CaptureResult> results =
                new ArrayList<>(captureAll(latest, types, currencies, requestedBy, "scheduled", null));
        for (SnapshotStore.Missed missed : store.missed(latest.minusDays(catchUpDays), latest)) {
            if (types.contains(missed.type()) && currencies.contains(missed.currency())) {
                results.add(orFailed(
                        missed.type(),
                        missed.currency(),
                        missed.date(),
                        new ConcurrentLinkedQueue<>(),
                        () -> caughtUp(missed, requestedBy)));
            }
        }
        return results;
    }

    private CaptureResult caughtUp(SnapshotStore.Missed missed, String requestedBy) {
        String unsafe = missed.type().unsafeForHistory();
        return unsafe == null
                ? capture(missed.type(), missed.currency(), missed.date(), requestedBy, "scheduled", null)
                : CaptureResult.nothing(
                        null,
                        missed.type(),
                        missed.currency(),
                        missed.date(),
                        "unavailable",
                        SnapshotChecks.notAsOfSafe(unsafe));
    }

    /**
     * One capture.
     *
     * @param kind {@code scheduled}, {@code manual} or {@code backfill}; all but the first are remediation
     * @param why the operator's reason, kept with the remediation; null where none was given
     * @throws Problem 409 while the same is being captured
     */
    public CaptureResult capture(
            SnapshotType type, String currency, LocalDate date, String requestedBy, String kind, String why) {
        try (var held = locks.take(type.lockOf(currency, date), requestedBy)) {
            SnapshotStore.Standing before = store.standing(type, currency, date);
            CaptureResult result = run(held, type, currency, date, requestedBy);
            if (!kind.equals("scheduled")) {
                SnapshotStore.Standing after = store.standing(type, currency, date);
                remediation.note(
                        requestedBy,
                        before == null ? kind : kind + "_rerun",
                        type.code(),
                        currency,
                        date,
                        result.status(),
                        why,
                        result.reason(),
                        before == null ? null : before.records(),
                        after == null ? null : after.records(),
                        before == null ? null : before.suspicious(),
                        after == null ? null : after.suspicious());
            }
            return result;
        }
    }

    private CaptureResult run(
            RunLock.Held held, SnapshotType type, String currency, LocalDate date, String requestedBy) {
        SnapshotSource source = sources.get(type);
        long runId = store.begin(held, type, currency, date, requestedBy, clock.instant());
        CaptureResult result;
        try {
            ReadRows read = source.fetch(currency, date);
            if (read.rows().isEmpty()) {
                result = (read.rejected().isEmpty()
                                ? CaptureResult.nothing(runId, type, currency, date, "no_payload", "vendor_has_no_rows")
                                : CaptureResult.nothing(
                                        runId, type, currency, date, "failed", "every_row_rejected: " + read.reasons()))
                        .rejecting(read);
            } else {
                var checked =
                        SnapshotChecks.check(source.table(), date, read, store.trailingMedian(type, currency, date));
                result = stored(runId, type, currency, date, checked).rejecting(read);
                store.replace(source, dependents(type), currency, date, checked, result, clock.instant());
                return result;
            }
        } catch (VendorFailure.Final e) {
            String reason = (e.configuration() ? "configuration error: " : "") + e.getMessage();
            result = CaptureResult.nothing(runId, type, currency, date, "failed", reason);
        } catch (VendorFailure | AmberdataUnreadable e) {
            result = CaptureResult.nothing(runId, type, currency, date, "failed", e.getMessage());
        } catch (Problem e) {
            result = CaptureResult.nothing(runId, type, currency, date, "failed", e.getMessage());
            store.finish(result, clock.instant());
            throw e;
        } catch (RuntimeException e) {
            result = CaptureResult.nothing(runId, type, currency, date, "failed", words(e));
        }
        store.finish(result, clock.instant());
        return result;
    }

    /** Whether a type is computed on one of those. */
    boolean buildsOn(SnapshotType type, Set<SnapshotType> those) {
        return sources.get(type).drawnFrom().stream().anyMatch(those::contains);
    }

    /** Those whose derived rows are drawn from a type. */
    private List<SnapshotSource> dependents(SnapshotType type) {
        return sources.values().stream()
                .filter(source -> source.drawnFrom().contains(type))
                .toList();
    }

    private CaptureResult stored(
            long runId, SnapshotType type, String currency, LocalDate date, SnapshotChecks.Checked checked) {
        List<Instant> times = checked.rows().stream()
                .map(SnapshotRow::sourceTimestamp)
                .sorted()
                .toList();
        int suspicious = (int) checked.suspicious();
        List<String> warnings = new ArrayList<>(checked.warnings());
        if (type.unsafeForHistory() != null && date.isBefore(latestCompleteDate())) {
            warnings.add(SnapshotChecks.notAsOfSafe(type.unsafeForHistory()));
        }
        return new CaptureResult(
                runId,
                type,
                currency,
                date,
                suspicious == 0 && checked.warnings().isEmpty() ? "ok" : "suspicious",
                checked.rows().size(),
                suspicious,
                0,
                Map.of(),
                List.of(),
                warnings,
                times.getFirst(),
                times.getLast(),
                null);
    }
}
