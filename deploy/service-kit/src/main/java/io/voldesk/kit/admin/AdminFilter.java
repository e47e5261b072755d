package io.voldesk.kit.admin;

import io.voldesk.kit.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Refuses an {@link AdminOnly} route before its body is read, unless exactly one right secret comes with the request. */
@Provider
@AdminOnly
@Priority(Priorities.AUTHENTICATION)
public class AdminFilter implements ContainerRequestFilter {
    private final AdminSecret secret;

    public AdminFilter(AdminSecret secret) {
        this.secret = secret;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!secret.matches(request.getHeaders().get(AdminSecret.HEADER))) {
            throw Problem.unauthorized();
        }
        for (String parameter : request.getUriInfo().getQueryParameters().keySet()) {
            throw Problem.badField(parameter, "is not a known query parameter");
        }
    }
}
