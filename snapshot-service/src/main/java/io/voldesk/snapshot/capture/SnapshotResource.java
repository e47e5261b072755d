package io.voldesk.snapshot.capture;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Job;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.param.DateRange;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Manual and scheduled capture, and the backfill of a range. */
@Path("/api/admin/snapshot")
@RunOnVirtualThread
@AdminOnly
public class SnapshotResource {
    private static final int MOST_DAYS = 1_000;
    private static final int LONGEST_REASON = 500;

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
    public record CaptureRequest(
            LocalDate targetDate,
            @Size(min = 1) List<@NotNull SnapshotType> types,
            @Size(min = 1) List<@NotNull Currency> currencies,
            @Size(max = LONGEST_REASON) String reason) {}

    /** @param status {@code ok} where every snapshot that can be had was stored, else {@code partial_error} */
    public record CaptureAnswer(String status, LocalDate targetDate, List<CaptureResult> snapshots) {}

    /** @param resume the number of a backfill that was paused; then no range is given */
    public record BackfillRequest(
            LocalDate from,
            LocalDate to,
            @Size(min = 1) List<@NotNull SnapshotType> types,
            @Size(min = 1) List<@NotNull Currency> currencies,
            Boolean dryRun,
            @Size(max = LONGEST_REASON) String reason,
            @Min(1) Long resume) {}

    /**
     * Captures now. A schedule that got nothing at all is answered 502 with {@code snapshots}, so that it is delivered again.
     */
    @POST
    public CaptureAnswer capture(@Valid CaptureRequest request) {
        CaptureRequest asked = request == null ? new CaptureRequest(null, null, null, null) : request;
        LocalDate date = asked.targetDate();
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
    @APIResponse(
            responseCode = "200",
            description = "What was done",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = Backfill.Report.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job that does it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    public Response backfill(@HeaderParam("Prefer") List<String> prefer, @Valid BackfillRequest request) {
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
        DateRange dates = DateRange.of(request.from(), request.to(), MOST_DAYS);
        if (dates.to().isAfter(capture.latestCompleteDate())) {
            throw Problem.badField("to", "must not be after the latest complete UTC date");
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
        return new Backfill.Range(dates.from(), dates.to(), safe, currencies(request.currencies()));
    }

    /** What is left out means: all types, all currencies, and {@code to = from}. */
    public record RederiveRequest(
            LocalDate from,
            LocalDate to,
            @Size(min = 1) List<@NotNull SnapshotType> types,
            @Size(min = 1) List<@NotNull Currency> currencies,
            Boolean apply,
            @Size(max = LONGEST_REASON) String reason) {}

    /**
     * Reads stored snapshots again from their archived answers and compares them bit by bit; with {@code apply} what comes out
     * differently replaces what is stored, as a remediation, else nothing is written.
     */
    @POST
    @Path("/rederive")
    public Rederivation.Report rederive(@Valid RederiveRequest request) {
        if (request == null) {
            throw Problem.badField("from", "is required");
        }
        DateRange dates = DateRange.of(request.from(), request.to() == null ? request.from() : request.to(), MOST_DAYS);
        var range = new Rederivation.Range(
                dates.from(), dates.to(), types(request.types()), currencies(request.currencies()));
        return Boolean.TRUE.equals(request.apply())
                ? rederivation.apply(range, actor.name(), request.reason())
                : rederivation.check(range);
    }

    private static List<SnapshotType> types(List<SnapshotType> sent) {
        return sent == null ? Arrays.asList(SnapshotType.values()) : sent;
    }

    private static List<String> currencies(List<Currency> sent) {
        return sent == null ? Currency.CODES : sent.stream().map(Currency::name).toList();
    }
}
