package io.voldesk.gateway.identity;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What sign-in needs before it may be offered, checked at start: a gateway that would sign people in by a known secret, or to an
 * address that the caller names, does not start.
 */
@ApplicationScoped
public class SignIn {
    private static final int SHORTEST_SECRET = 32;
    /** Those that have stood in a public repository. */
    private static final Set<String> PUBLISHED =
            Set.of("a-secret-for-development-only-0000", "a-session-secret-for-local-use-0000", "local-admin-secret");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean offered;
    private final Optional<URI> publicUrl;
    private final Optional<String> sessionSecret;
    private final Optional<String> adminSecret;
    private final boolean secureCookie;

    public SignIn(
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean offered,
            @ConfigProperty(name = "voldesk.public-url") Optional<URI> publicUrl,
            @ConfigProperty(name = "voldesk.session-secret") Optional<String> sessionSecret,
            @ConfigProperty(name = "voldesk.admin-secret") Optional<String> adminSecret,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-force-secure") boolean secureCookie) {
        this.offered = offered;
        this.publicUrl = publicUrl;
        this.sessionSecret = sessionSecret;
        this.adminSecret = adminSecret;
        this.secureCookie = secureCookie;
    }

    boolean offered() {
        return offered;
    }

    void atStart(@Observes StartupEvent start) {
        if (offered) {
            wrong().ifPresent(reason -> {
                throw new IllegalStateException("sign-in cannot be offered: " + reason);
            });
        }
    }

    /** What is missing or not safe, in words that name the variable and no secret. */
    Optional<String> wrong() {
        if (sessionSecret.isEmpty() || sessionSecret.get().length() < SHORTEST_SECRET) {
            return Optional.of("SESSION_SECRET must be set, to " + SHORTEST_SECRET + " characters or more");
        }
        if (PUBLISHED.contains(sessionSecret.get())) {
            return Optional.of("SESSION_SECRET is one that has been published");
        }
        if (publicUrl.isEmpty() || publicUrl.get().getHost() == null) {
            return Optional.of("PUBLIC_URL must be the address that browsers use");
        }
        boolean local = THIS_MACHINE.contains(publicUrl.get().getHost());
        if (!local && (!"https".equals(publicUrl.get().getScheme()) || !secureCookie)) {
            return Optional.of("PUBLIC_URL must be https, and COOKIE_SECURE true, for any other machine than this one");
        }
        if (!local && adminSecret.filter(PUBLISHED::contains).isPresent()) {
            return Optional.of("ADMIN_SECRET is one that has been published");
        }
        return Optional.empty();
    }

    /**
     * Where a request to sign in is sent, if it was not made at the configured address: what the issuer is told to send the browser
     * back to is made of the address of the request.
     */
    public Optional<String> elsewhere(HttpServerRequest request) {
        if (publicUrl.isEmpty()) {
            return Optional.empty();
        }
        URI configured = publicUrl.get();
        String host = request.getHeader("host");
        boolean here = request.authority() != null
                && configured.getHost().equalsIgnoreCase(request.authority().host())
                && port(configured) == portOf(request, configured);
        if (here && host != null && host.indexOf('@') < 0) {
            return Optional.empty();
        }
        String address = configured.toString();
        return Optional.of(
                (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + request.uri());
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : defaultPort(url);
    }

    private static int portOf(HttpServerRequest request, URI configured) {
        return request.authority().port() > 0 ? request.authority().port() : defaultPort(configured);
    }

    private static int defaultPort(URI url) {
        return "https".equals(url.getScheme()) ? 443 : 80;
    }
}
