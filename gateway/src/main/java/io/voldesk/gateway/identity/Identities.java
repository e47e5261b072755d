package io.voldesk.gateway.identity;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Whom a request's cookie or token names. Asked only where it matters: no public answer stands or falls with a cookie. A failure is
 * left to whoever asked; by itself the framework would send the browser to sign in.
 */
public final class Identities {
    private static final BiConsumer<RoutingContext, Throwable> LEFT_TO_THE_CALLER = (context, failure) -> {};

    private Identities() {}

    /**
     * Whether a failure of {@link #of} says nothing of the proof that was shown: the issuer could not be asked. Then nobody is let
     * in, and nobody is told that his proof is bad.
     */
    public static boolean isOutage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof OIDCException || t instanceof IOException || t instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Empty for nobody; failed where a proof was shown and is not one, or cannot be judged ({@link #isOutage}). */
    public static Future<Optional<SecurityIdentity>> of(RoutingContext context) {
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, LEFT_TO_THE_CALLER);
        Promise<Optional<SecurityIdentity>> promise =
                ((ContextInternal) context.vertx().getOrCreateContext()).promise();
        QuarkusHttpUser.getSecurityIdentity(context, null)
                .subscribe()
                .with(
                        identity ->
                                promise.complete(Optional.ofNullable(identity).filter(i -> !i.isAnonymous())),
                        promise::fail);
        return promise.future();
    }
}
