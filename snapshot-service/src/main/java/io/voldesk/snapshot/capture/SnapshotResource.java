package io.voldesk.snapshot.capture;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Manual and scheduled capture, and the backfill of a range. */
@Path("/api/admin/snapshot")
@RunOnVirtualThread
@AdminOnly
public class SnapshotResource {
    private static final int MOST_DAYS = 1_000;

    private final SnapshotCapture capture;
    private final Backfill backfill;
    private final Actor actor;

    public SnapshotResource(SnapshotCapture capture, Backfill backfill, Actor actor) {
        this.capture = capture;
        this.backfill = backfill;
        this.actor = actor;
    }

    /** What is left out means: yesterday, all types, all currencies. */
    public record CaptureRequest(String targetDate, List<String> types, List<String> currencies) {}

    /** @param status {@code ok} where every snapshot was stored, else {@code partial_error} */
    public record CaptureAnswer(String status, LocalDate targetDate, List<CaptureResult> snapshots) {}

    public record BackfillRequest(
            String from, String to, List<String> types, List<String> currencies, Boolean dryRun, String reason) {}

    @POST
    public CaptureAnswer capture(CaptureRequest request) {
        CaptureRequest asked = request == null ? new CaptureRequest(null, null, null) : request;
        LocalDate date = Params.date("target_date", asked.targetDate());
        if (date != null && date.isAfter(capture.latestCompleteDate().plusDays(1))) {
            throw Problem.badField("target_date", "lies in the future");
        }
        LocalDate target = date == null ? capture.latestCompleteDate() : date;
        String kind = actor.name().startsWith("scheduler:") ? "scheduled" : "manual";
        List<CaptureResult> results =
                capture.captureAll(target, types(asked.types()), currencies(asked.currencies()), actor.name(), kind);
        boolean all = results.stream().allMatch(CaptureResult::stored);
        return new CaptureAnswer(all ? "ok" : "partial_error", target, results);
    }

    @POST
    @Path("/backfill")
    public Backfill.Report backfill(BackfillRequest request) {
        if (request == null) {
            throw Problem.badField("from", "is required");
        }
        LocalDate from = Params.date("from", request.from());
        LocalDate to = Params.date("to", request.to());
        if (from == null || to == null) {
            throw Problem.badField(from == null ? "from" : "to", "is required");
        }
        if (to.isBefore(from)) {
            throw Problem.badField("to", "must not be before from");
        }
        if (to.isAfter(capture.latestCompleteDate())) {
            throw Problem.badField("to", "must not be after the latest complete UTC date");
        }
        if (from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Problem.badField("from", "must be at most " + MOST_DAYS + " days before to");
        }
        List<SnapshotType> types = types(request.types());
        for (SnapshotType type : types) {
            if (type.unsafeForHistory() != null && request.types() != null) {
                throw Problem.badField(
                        "types", type.code() + " is not as-of-safe for history: " + type.unsafeForHistory());
            }
        }
        List<SnapshotType> safe =
                types.stream().filter(type -> type.unsafeForHistory() == null).toList();
        return backfill.run(
                from,
                to,
                safe,
                currencies(request.currencies()),
                !Boolean.FALSE.equals(request.dryRun()),
                actor.name(),
                request.reason());
    }

    private static List<SnapshotType> types(List<String> sent) {
        if (sent == null) {
            return Arrays.asList(SnapshotType.values());
        }
        if (sent.isEmpty()) {
            throw Problem.badField("types", "must name at least one type");
        }
        return sent.stream().map(code -> SnapshotType.of("types", code)).toList();
    }

    private static List<String> currencies(List<String> sent) {
        if (sent == null) {
            return SnapshotType.CURRENCIES;
        }
        if (sent.isEmpty()) {
            throw Problem.badField("currencies", "must name at least one currency");
        }
        return sent.stream()
                .map(c -> {
                    if (c == null || !Set.copyOf(SnapshotType.CURRENCIES).contains(c)) {
                        throw Problem.badField(
                                "currencies", "must be among " + String.join(", ", SnapshotType.CURRENCIES));
                    }
                    return c;
                })
                .toList();
    }
}
