package io.voldesk.snapshot.capture;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Manual and scheduled capture, and the backfill of a range. */
@Path("/api/admin/snapshot")
@RunOnVirtualThread
@AdminOnly
public class SnapshotResource {
    private static final int MOST_DAYS = 1_000;

    private final SnapshotCapture capture;
    private final Backfill backfill;
    private final Rederivation rederivation;
    private final Jobs jobs;
    private final Actor actor;

    public SnapshotResource(
            SnapshotCapture capture, Backfill backfill, Rederivation rederivation, Jobs jobs, Actor actor) {
        this.capture = capture;
        this.backfill = backfill;
        this.rederivation = rederivation;
        this.jobs = jobs;
        this.actor = actor;
    }

    /**
     * What is left out means: yesterday, all types, all currencies.
     *
     * @param reason why, for the remediation history
     */
    public record CaptureRequest(String targetDate, List<String> types, List<String> currencies, String reason) {}

    /** @param status {@code ok} where every snapshot that can be had was stored, else {@code partial_error} */
    public record CaptureAnswer(String status, LocalDate targetDate, List<CaptureResult> snapshots) {}

    /** @param resume the number of a backfill that was paused; then no range is given */
    public record BackfillRequest(
            String from,
            String to,
            List<String> types,
            List<String> currencies,
            Boolean dryRun,
            String reason,
            Long resume) {}

    /**
     * Captures now. A schedule that got nothing at all is answered 502 with {@code snapshots}, so that it is delivered again.
     */
    @POST
    public CaptureAnswer capture(CaptureRequest request) {
        CaptureRequest asked = request == null ? new CaptureRequest(null, null, null, null) : request;
        LocalDate date = Params.date("target_date", asked.targetDate());
        if (date != null && date.isAfter(capture.latestCompleteDate().plusDays(1))) {
            throw Problem.badField("target_date", "lies in the future");
        }
        LocalDate target = date == null ? capture.latestCompleteDate() : date;
        List<SnapshotType> types = types(asked.types());
        List<String> currencies = currencies(asked.currencies());
        boolean byClock = actor.name().startsWith("scheduler:");
        List<CaptureResult> results = date == null && byClock
                ? capture.scheduled(types, currencies, actor.name())
                : capture.captureAll(target, types, currencies, actor.name(), "manual", asked.reason());
        boolean owed = results.stream().anyMatch(CaptureResult::owed);
        if (byClock
                && owed
                && results.stream().noneMatch(r -> r.stored() && r.targetDate().equals(target))) {
            throw Problem.upstream(
                    "nothing was stored for " + target, Map.of("target_date", target, "snapshots", results));
        }
        return new CaptureAnswer(owed ? "partial_error" : "ok", target, results);
    }

    /** The report, or with {@code Prefer: respond-async} 202 and a job; a dry run is always answered at once. */
    @POST
    @Path("/backfill")
    @APIResponseSchema(Backfill.Report.class)
    public Response backfill(@HeaderParam("Prefer") List<String> prefer, BackfillRequest request) {
        if (request == null) {
            throw Problem.badField("from", "is required");
        }
        if (request.resume() != null) {
            backfill.unpause(request.resume());
            return work(request.resume(), prefer);
        }
        Backfill.Range range = range(request);
        if (!Boolean.FALSE.equals(request.dryRun())) {
            return Response.ok(backfill.plan(range)).build();
        }
        return work(backfill.create(range, actor.name(), request.reason()), prefer);
    }

    private Response work(long backfillId, List<String> prefer) {
        return Async.preferred(prefer)
                ? Async.accepted(jobs.submit(BackfillJob.NAME, backfillId, actor.name()))
                : Response.ok(backfill.work(backfillId, Progress.NONE)).build();
    }

    private Backfill.Range range(BackfillRequest request) {
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
        return new Backfill.Range(from, to, safe, currencies(request.currencies()));
    }

    /** What is left out means: all types, all currencies, and {@code to = from}. */
    public record RederiveRequest(
            String from, String to, List<String> types, List<String> currencies, Boolean apply, String reason) {}

    /**
     * Reads stored snapshots again from their archived answers and compares them bit by bit; with {@code apply} what comes out
     * differently replaces what is stored, as a remediation, else nothing is written.
     */
    @POST
    @Path("/rederive")
    public Rederivation.Report rederive(RederiveRequest request) {
        LocalDate from = request == null ? null : Params.date("from", request.from());
        if (from == null) {
            throw Problem.badField("from", "is required");
        }
        LocalDate to = request.to() == null ? from : Params.date("to", request.to());
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Problem.badField("to", "must be from 0 to " + MOST_DAYS + " days after from");
        }
        var range = new Rederivation.Range(from, to, types(request.types()), currencies(request.currencies()));
        return Boolean.TRUE.equals(request.apply())
                ? rederivation.apply(range, actor.name(), request.reason())
                : rederivation.check(range);
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
                .map(SnapshotType::canonical)
                .map(c -> {
                    if (c == null || !SnapshotType.CURRENCIES.contains(c)) {
                        throw Problem.badField(
                                "currencies", "must be among " + String.join(", ", SnapshotType.CURRENCIES));
                    }
                    return c;
                })
                .toList();
    }
}
