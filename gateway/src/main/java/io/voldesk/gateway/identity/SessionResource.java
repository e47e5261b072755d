package io.voldesk.gateway.identity;

import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.voldesk.gateway.route.Pages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The operator's session: who is signed in, with the CSRF token of the session; sign-in and sign-out. */
@Path("/api/session")
public class SessionResource {
    private final SecurityIdentity identity;
    private final OperatorSession sessions;
    private final OidcSession oidc;
    private final boolean signInOffered;

    public SessionResource(
            SecurityIdentity identity,
            OperatorSession sessions,
            OidcSession oidc,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean signInOffered) {
        this.identity = identity;
        this.sessions = sessions;
        this.oidc = oidc;
        this.signInOffered = signInOffered;
    }

    /** @param signInOffered false where no issuer is configured: admin actions then need the secret and curl */
    public record Session(boolean signedIn, String email, String csrfToken, boolean signInOffered) {}

    @GET
    public Session session() {
        Optional<OperatorSession.Operator> operator =
                sessions.of(identity.isAnonymous() ? Optional.empty() : Optional.of(identity));
        return new Session(
                operator.isPresent(),
                operator.map(OperatorSession.Operator::email).orElse(null),
                operator.map(sessions::tokenOf).orElse(null),
                signInOffered);
    }

    /** Starts the code flow where nobody is signed in; ends on the page it was asked from, with that page's query. */
    @GET
    @Path("/login")
    @Authenticated
    public Response login(@QueryParam("return_to") String returnTo) {
        return Response.seeOther(URI.create(Pages.returnTo(returnTo))).build();
    }

    @GET
    @Path("/logout")
    public Uni<Response> logout() {
        Response home = Response.seeOther(URI.create("/")).build();
        return identity.isAnonymous()
                ? Uni.createFrom().item(home)
                : oidc.logout().map(done -> home);
    }
}
