package io.voldesk.kit.admin;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The shared admin secret; compared in constant time and never printed. With none configured nothing matches.
 *
 * <p>A bean of its own: what is made before the process has its environment (a JAX-RS filter is, in a native executable) holds a
 * proxy of it and reads the secret at the first request.
 */
@ApplicationScoped
public class AdminSecret {
    public static final String HEADER = "x-admin-secret";

    private final Optional<String> secret;

    public AdminSecret(@ConfigProperty(name = "voldesk.admin-secret") Optional<String> secret) {
        this.secret = secret.filter(s -> !s.isBlank());
    }

    /** Whether the secret came with a request: exactly once, and right. */
    public boolean matches(List<String> sent) {
        return sent != null && sent.size() == 1 && matches(sent.getFirst());
    }

    public boolean matches(String sent) {
        return sent != null
                && secret.map(mine -> MessageDigest.isEqual(bytes(mine), bytes(sent)))
                        .orElse(false);
    }

    /** To be sent to another service, and nowhere else; empty where none is configured. */
    public String forTheNextService() {
        return secret.orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return secret.isPresent() ? "AdminSecret[set]" : "AdminSecret[unset]";
    }
}
