package io.voldesk.gateway.identity;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which operator a request comes from. */
@ApplicationScoped
public class Operators {
    private static final String KEY = "voldesk.operator";

    private final OperatorSession sessions;
    private final SessionStore store;
    private final String cookie;

    public Operators(
            OperatorSession sessions,
            SessionStore store,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-suffix") String suffix) {
        this.sessions = sessions;
        this.store = store;
        this.cookie = "q_session_Default_" + suffix;
    }

    /**
     * Empty for nobody. A session cookie that cannot be read, is another system's, has run out or was signed out is dropped, and the
     * request goes on without it. Failed where the ledger of sessions or the issuer cannot be asked: then nobody is let in.
     */
    public Future<Optional<OperatorSession.Operator>> of(RoutingContext context) {
        if (!hasCookie(context)) {
            return kept(context, Optional.empty());
        }
        return Identities.of(context)
                .recover(failure -> Identities.isOutage(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(Optional.empty()))
                .map(sessions::of)
                .compose(operator -> operator.isEmpty()
                        ? Future.succeededFuture(operator)
                        : context.vertx()
                                .executeBlocking(() -> store.isOpen(operator.get()), false)
                                .map(open -> open ? operator : Optional.<OperatorSession.Operator>empty()))
                .compose(operator -> {
                    if (operator.isEmpty()) {
                        dropCookies(context);
                    }
                    return kept(context, operator);
                });
    }

    /** The operator that {@link #of} has found; empty where it has not been asked. */
    static Optional<OperatorSession.Operator> found(RoutingContext context) {
        Optional<OperatorSession.Operator> operator = context.get(KEY);
        return operator == null ? Optional.empty() : operator;
    }

    private static Future<Optional<OperatorSession.Operator>> kept(
            RoutingContext context, Optional<OperatorSession.Operator> operator) {
        context.put(KEY, operator);
        return Future.succeededFuture(operator);
    }

    private boolean hasCookie(RoutingContext context) {
        return context.request().cookies().stream().anyMatch(this::ofASession);
    }

    private boolean ofASession(Cookie sent) {
        return sent.getName().startsWith(cookie);
    }

    /** Tells the browser to forget the session's cookies. */
    void dropCookies(RoutingContext context) {
        context.request().cookies().stream()
                .filter(this::ofASession)
                .forEach(sent -> sent.setValue("").setMaxAge(0).setPath("/").setHttpOnly(true));
    }
}
