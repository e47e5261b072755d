package io.voldesk.kit.job;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Jobs: the latest; and of one how far it is, as it stands or as a stream of events, and its cancellation. */
@Path("/api/jobs")
public class JobResource {
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final Jobs jobs;

    public JobResource(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * The newest first.
     *
     * @param status any where it is left out
     */
    @GET
    @RunOnVirtualThread
    public Listing<Job> latest(
            @QueryParam("status") JobStatus status,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
        return new Listing<>(jobs.latest(status == null ? null : status.code(), limit), null);
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    public Job one(@PathParam("id") String id) {
        return jobs.find(id).orElseThrow(() -> noJob(id));
    }

    /** Server-sent events: the job whenever it has moved, the last time when it has ended. */
    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    public Multi<Job> events(@PathParam("id") String id) {
        Job first = one(id);
        return Multi.createFrom().emitter(emitter -> Thread.startVirtualThread(() -> follow(first, emitter)));
    }

    /** What the stream would be, without opening one. */
    @HEAD
    @Path("/{id}/events")
    @RunOnVirtualThread
    public Response eventsHead(@PathParam("id") String id) {
        one(id);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    private void follow(Job first, MultiEmitter<? super Job> emitter) {
        try {
            Job last = first;
            emitter.emit(last);
            while (!last.ended() && !emitter.isCancelled()) {
                Thread.sleep(LOOK_EVERY);
                Job now = one(first.id());
                if (!now.equals(last)) {
                    emitter.emit(now);
                    last = now;
                }
            }
            emitter.complete();
        } catch (InterruptedException | RuntimeException e) {
            emitter.fail(e);
        }
    }

    /** 202: it ends at its next safe point. A job that has ended stays as it is. */
    @DELETE
    @APIResponse(
            responseCode = "202",
            description = "The job, which ends at its next safe point",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    @Path("/{id}")
    @AdminOnly
    @RunOnVirtualThread
    public Response cancel(@PathParam("id") String id) {
        return Response.accepted(jobs.cancel(id).orElseThrow(() -> noJob(id))).build();
    }

    private static Problem noJob(String id) {
        return Problem.notFound("no job " + id);
    }
}
