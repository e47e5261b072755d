package io.voldesk.gateway.admin;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.identity.OperatorSession;
import io.voldesk.gateway.route.Route;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who may take an admin route: the holder of the secret; the scheduler's account with its token, on the route that allows it;
 * an operator's session with its CSRF token, through the admin proxy only.
 */
@ApplicationScoped
public class AdminAuthority {
    private final Optional<String> configured;
    private final AdminSecret secret;
    private final Optional<String> schedulerEmail;
    private final OperatorSession sessions;

    public AdminAuthority(
            @ConfigProperty(name = "voldesk.admin-secret") Optional<String> configured,
            @ConfigProperty(name = "voldesk.scheduler.email") Optional<String> schedulerEmail,
            OperatorSession sessions) {
        this.configured = configured;
        this.secret = new AdminSecret(configured);
        this.schedulerEmail = schedulerEmail.filter(email -> !email.isBlank());
        this.sessions = sessions;
    }

    /** What a request has proved. */
    public sealed interface Verdict {
        record Granted(String actor) implements Verdict {}

        record Denied(int status, String reason) implements Verdict {}
    }

    public String secret() {
        return configured.orElse("");
    }

    public Verdict judge(RoutingContext context, Route route, boolean viaProxy) {
        HttpServerRequest request = context.request();
        if (viaProxy) {
            return session(context, request);
        }
        List<String> sent = request.headers().getAll(AdminSecret.HEADER);
        if (!sent.isEmpty()) {
            return sent.size() == 1 && secret.matches(sent.getFirst())
                    ? new Verdict.Granted("admin-secret")
                    : new Verdict.Denied(401, "admin authority is needed for this route");
        }
        if (route.authority() == Route.Authority.ADMIN_OR_SCHEDULER && isScheduler(identity(context))) {
            return new Verdict.Granted("scheduler:" + schedulerEmail.orElseThrow());
        }
        return new Verdict.Denied(401, "admin authority is needed for this route");
    }

    private Verdict session(RoutingContext context, HttpServerRequest request) {
        Optional<OperatorSession.Operator> operator = sessions.of(identity(context));
        if (operator.isEmpty()) {
            return new Verdict.Denied(401, "an operator's session is needed");
        }
        String site = request.getHeader("sec-fetch-site");
        if (site != null && !site.equals("same-origin")) {
            return new Verdict.Denied(403, "the request comes from another site");
        }
        List<String> tokens = request.headers().getAll("x-csrf-token");
        if (tokens.size() != 1 || !sessions.isTokenOf(operator.get(), tokens.getFirst())) {
            return new Verdict.Denied(403, "the CSRF token is missing or not this session's");
        }
        return new Verdict.Granted("operator:" + operator.get().email());
    }

    private boolean isScheduler(Optional<SecurityIdentity> identity) {
        return schedulerEmail.isPresent()
                && identity.map(SecurityIdentity::getPrincipal)
                        .filter(JsonWebToken.class::isInstance)
                        .map(JsonWebToken.class::cast)
                        .filter(token -> schedulerEmail.get().equals(token.getClaim("email"))
                                && Boolean.TRUE.equals(token.<Boolean>getClaim("email_verified")))
                        .isPresent();
    }

    private static Optional<SecurityIdentity> identity(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity())
                : Optional.empty();
    }
}
