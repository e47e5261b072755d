package io.voldesk.kit.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The shared admin secret; compared in constant time and never printed. With none configured nothing matches. */
public final class AdminSecret {
    public static final String HEADER = "x-admin-secret";

    private final Optional<byte[]> secret;

    public AdminSecret(Optional<String> secret) {
        this.secret = secret.filter(s -> !s.isBlank()).map(s -> s.getBytes(StandardCharsets.UTF_8));
    }

    public boolean matches(String sent) {
        return sent != null
                && secret.map(mine -> MessageDigest.isEqual(mine, sent.getBytes(StandardCharsets.UTF_8)))
                        .orElse(false);
    }

    @Override
    public String toString() {
        return secret.isPresent() ? "AdminSecret[set]" : "AdminSecret[unset]";
    }
}
