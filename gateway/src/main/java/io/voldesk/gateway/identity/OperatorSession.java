package io.voldesk.gateway.identity;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A signed-in operator, and the CSRF token bound to the session: an HMAC of its id token. */
@ApplicationScoped
public class OperatorSession {
    private static final String HMAC = "HmacSHA256";

    private final List<String> operators;
    private final Optional<String> key;

    public OperatorSession(
            @ConfigProperty(name = "voldesk.operators") Optional<List<String>> operators,
            @ConfigProperty(name = "voldesk.session-secret") Optional<String> key) {
        this.operators = operators.orElse(List.of());
        this.key = key;
    }

    public record Operator(String email, String idToken, Instant expiresAt) {
        /** As the services' ledgers name who asked. */
        public String actor() {
            return "operator:" + email;
        }

        /** Names the session without giving it away. */
        String sessionId() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(idToken)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return actor();
        }
    }

    /** Empty for anybody who is not signed in by the code flow with a verified address on the list of operators. */
    public Optional<Operator> of(Optional<SecurityIdentity> identity) {
        return identity.filter(i -> i.getCredential(IdTokenCredential.class) != null)
                .filter(i -> i.getPrincipal() instanceof JsonWebToken token
                        && Boolean.TRUE.equals(token.<Boolean>getClaim("email_verified"))
                        && token.getClaim("email") instanceof String email
                        && operators.contains(email))
                .map(i -> {
                    JsonWebToken token = (JsonWebToken) i.getPrincipal();
                    return new Operator(
                            token.getClaim("email"),
                            i.getCredential(IdTokenCredential.class).getToken(),
                            Instant.ofEpochSecond(token.getExpirationTime()));
                });
    }

    public String tokenOf(Operator operator) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes(key.orElseThrow()), HMAC));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(operator.idToken())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isTokenOf(Operator operator, String sent) {
        return MessageDigest.isEqual(bytes(tokenOf(operator)), bytes(sent));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
