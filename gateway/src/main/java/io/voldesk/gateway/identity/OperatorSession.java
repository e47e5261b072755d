package io.voldesk.gateway.identity;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
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
    private final byte[] key;

    public OperatorSession(
            @ConfigProperty(name = "voldesk.operators") Optional<List<String>> operators,
            @ConfigProperty(name = "quarkus.oidc.token-state-manager.encryption-secret") String key) {
        this.operators = operators.orElse(List.of());
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    public record Operator(String email, String idToken) {}

    /** Empty for anybody who is not signed in by the code flow with a verified address on the list of operators. */
    public Optional<Operator> of(Optional<SecurityIdentity> identity) {
        return identity.filter(i -> i.getCredential(IdTokenCredential.class) != null)
                .filter(i -> i.getPrincipal() instanceof JsonWebToken token
                        && Boolean.TRUE.equals(token.<Boolean>getClaim("email_verified"))
                        && token.getClaim("email") instanceof String email
                        && operators.contains(email))
                .map(i -> new Operator(
                        ((JsonWebToken) i.getPrincipal()).getClaim("email"),
                        i.getCredential(IdTokenCredential.class).getToken()));
    }

    public String tokenOf(Operator operator) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(operator.idToken().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isTokenOf(Operator operator, String sent) {
        return MessageDigest.isEqual(
                tokenOf(operator).getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
