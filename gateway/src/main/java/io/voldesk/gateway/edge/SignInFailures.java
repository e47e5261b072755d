package io.voldesk.gateway.edge;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.admin.AuditLog;
import io.voldesk.kit.problem.ProblemMappers;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A sign-in that the issuer does not bear out: a code used twice, another browser's, a refusal. */
public class SignInFailures {
    private static final String REASON = "the sign-in was not completed by its issuer";

    private final AuditLog audit;
    private final CurrentVertxRequest request;

    public SignInFailures(AuditLog audit, CurrentVertxRequest request) {
        this.audit = audit;
        this.request = request;
    }

    @ServerExceptionMapper
    public Response refused(AuthenticationCompletionException failure) {
        RoutingContext context = request.getCurrent();
        String traceId = context.response().headers().get("x-trace-id");
        audit.denied(context.request(), "GET " + context.request().path(), REASON, traceId);
        String path = context.request().path();
        return Response.status(401)
                .type(ProblemMappers.PROBLEM_JSON)
                .header("www-authenticate", "OIDC")
                .entity(Problems.body(401, "Unauthorized", REASON, path, traceId)
                        .toString())
                .build();
    }
}
