package io.voldesk.gateway.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.identity.Identities;
import io.voldesk.gateway.identity.OperatorSession;
import io.voldesk.gateway.identity.Operators;
import io.voldesk.gateway.route.Route;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Who may take an admin route: the holder of the secret; the scheduler's account with its token, on the route that allows it;
 * an operator's session with its CSRF token, through the admin proxy only.
 */
@ApplicationScoped
public class AdminAuthority {
    private static final Verdict NEEDED = new Verdict.Denied(401, "admin authority is needed for this route");
    private static final Verdict BAD_TOKEN = new Verdict.Denied(401, "the bearer token is refused");

    private final AdminSecret secret;
    private final SchedulerAccount scheduler;
    private final Operators operators;
    private final OperatorSession sessions;

    public AdminAuthority(
            AdminSecret secret, SchedulerAccount scheduler, Operators operators, OperatorSession sessions) {
        this.secret = secret;
        this.scheduler = scheduler;
        this.operators = operators;
        this.sessions = sessions;
    }

    /** What a request has proved. */
    public sealed interface Verdict {
        record Granted(String actor) implements Verdict {}

        record Denied(int status, String reason) implements Verdict {}
    }

    public String secret() {
        return secret.forTheNextService();
    }

    /** Failed where the ledger of sessions or the issuer cannot be asked. */
    public Future<Verdict> judge(RoutingContext context, Route route, boolean viaProxy) {
        HttpServerRequest request = context.request();
        if (viaProxy || route.authority() == Route.Authority.OPERATOR) {
            return operators.of(context).map(operator -> session(operator, request));
        }
        List<String> sent = request.headers().getAll(AdminSecret.HEADER);
        if (!sent.isEmpty()) {
            return Future.succeededFuture(secret.matches(sent) ? new Verdict.Granted("admin-secret") : NEEDED);
        }
        if (route.authority() == Route.Authority.ADMIN_OR_SCHEDULER
                && request.headers().contains("authorization")) {
            return Identities.of(context)
                    .map(identity -> scheduler
                            .actor(identity)
                            .<Verdict>map(Verdict.Granted::new)
                            .orElse(BAD_TOKEN))
                    .recover(failure -> Identities.isOutage(failure)
                            ? Future.failedFuture(failure)
                            : Future.succeededFuture(BAD_TOKEN));
        }
        return Future.succeededFuture(NEEDED);
    }

    private Verdict session(Optional<OperatorSession.Operator> operator, HttpServerRequest request) {
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
        return new Verdict.Granted(operator.get().actor());
    }
}
