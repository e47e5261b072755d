package io.voldesk.gateway.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Whom a request's cookie or token names. Asked only where it matters: no public answer stands or falls with a cookie. A failure is
 * left to whoever asked; by itself the framework would send the browser to sign in.
 */
public final class Identities {
    private static final BiConsumer<RoutingContext, Throwable> LEFT_TO_THE_CALLER = (context, failure) -> {};

    private Identities() {}

    /** Empty for nobody; failed where a proof was shown and is not one. */
    public static Future<Optional<SecurityIdentity>> of(RoutingContext context) {
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, LEFT_TO_THE_CALLER);
        Promise<Optional<SecurityIdentity>> promise =
                ((ContextInternal) context.vertx().getOrCreateContext()).promise();
        QuarkusHttpUser.getSecurityIdentity(context, null)
                .subscribe()
                .with(
                        identity -> promise.complete(Optional.ofNullable(identity).filter(i -> !i.isAnonymous())),
                        promise::fail);
        return promise.future();
    }
}
