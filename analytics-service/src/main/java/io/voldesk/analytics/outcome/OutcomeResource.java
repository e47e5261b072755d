package io.voldesk.analytics.outcome;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import jakarta.validation.Valid;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Backfill of forward outcome marks, as a bounded batch of its own. */
@Path("/api/internal/trades/outcomes")
@RunOnVirtualThread
public class OutcomeResource {
    private final OutcomeRun run;
    private final Jobs jobs;
    private final Actor actor;

    public OutcomeResource(OutcomeRun run, Jobs jobs, Actor actor) {
        this.run = run;
        this.jobs = jobs;
        this.actor = actor;
    }

    /** The counts by horizon, or with {@code Prefer: respond-async} 202 and a job whose result they are. */
    @POST
    @Path("/backfill")
    @AdminOnly
    @APIResponseSchema(OutcomeRun.Answer.class)
    public Response backfill(@HeaderParam("Prefer") List<String> prefer, @Valid OutcomeRequest sent) {
        OutcomeRequest request = sent == null ? OutcomeRequest.OF_NOTHING : sent;
        if (Async.preferred(prefer)) {
            return Async.accepted(jobs.submit(OutcomeJob.NAME, request, actor.name()));
        }
        return Response.ok(run.run(request, actor.name(), Progress.NONE)).build();
    }
}
