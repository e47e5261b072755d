package io.voldesk.gateway.identity;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.gateway.route.Pages;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The operator's session: who is signed in, with the CSRF token of the session; sign-in and sign-out. */
@Path("/api/session")
public class SessionResource {
    private final SecurityIdentity identity;
    private final OperatorSession sessions;
    private final SessionStore store;
    private final Operators operators;
    private final SignIn signIn;
    private final CurrentVertxRequest request;

    public SessionResource(
            SecurityIdentity identity,
            OperatorSession sessions,
            SessionStore store,
            Operators operators,
            SignIn signIn,
            CurrentVertxRequest request) {
        this.identity = identity;
        this.sessions = sessions;
        this.store = store;
        this.operators = operators;
        this.signIn = signIn;
        this.request = request;
    }

    /** @param signInOffered false where no issuer is configured: admin actions then need the secret and curl */
    public record Session(
            boolean signedIn,
            @Nullable String email,
            @Nullable String csrfToken,
            boolean signInOffered) {}

    @GET
    public Session session() {
        Optional<OperatorSession.Operator> operator = Operators.found(request.getCurrent());
        return new Session(
                operator.isPresent(),
                operator.map(OperatorSession.Operator::email).orElse(null),
                operator.map(sessions::tokenOf).orElse(null),
                signIn.offered());
    }

    /**
     * Starts the code flow where nobody is signed in; ends on the page it was asked from, with that page's query. A session that was
     * signed out is no way in again: its cookie is dropped and the flow begins anew.
     */
    @GET
    @Path("/login")
    @APIResponse(responseCode = "303", description = "On to the issuer, or back to the page")
    @Authenticated
    @RunOnVirtualThread
    public Response login(@QueryParam("return_to") String returnTo) {
        Optional<OperatorSession.Operator> operator = sessions.of(Optional.of(identity));
        if (operator.isPresent() && !store.open(operator.get())) {
            operators.dropCookies(request.getCurrent());
            return Response.seeOther(UriBuilder.fromPath("/api/session/login")
                            .queryParam("return_to", "{page}")
                            .build(Pages.returnTo(returnTo)))
                    .build();
        }
        return Response.seeOther(URI.create(Pages.returnTo(returnTo))).build();
    }

    /** Ends the session at every gateway, whoever holds a copy of its cookie. */
    @POST
    @Path("/logout")
    @APIResponse(responseCode = "204", description = "Nobody is signed in with this session any more")
    @RunOnVirtualThread
    public void logout() {
        store.close(Operators.found(request.getCurrent()).orElseThrow(Problem::unauthorized));
        operators.dropCookies(request.getCurrent());
    }
}
