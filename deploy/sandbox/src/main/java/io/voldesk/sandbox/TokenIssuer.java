package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** A token issuer shaped like Google's: discovery, keys, the code flow for an operator, and tokens made to order. */
final class TokenIssuer {
    static final String OPERATOR = "operator@voldesk.example";

    /** What the authorisation page was asked and the token endpoint must answer with. */
    private record Grant(String clientId, String nonce, String email) {}

    private final ObjectMapper json;
    private final RsaJsonWebKey key;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();

    TokenIssuer(ObjectMapper json) {
        this.json = json;
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("sandbox-" + UUID.randomUUID());
            key.setAlgorithm("RS256");
            key.setUse("sig");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String issuer(HttpServerRequest request) {
        return "http://" + request.authority() + "/google";
    }

    void discovery(RoutingContext context) {
        String issuer = issuer(context.request());
        context.json(Map.of(
                "issuer",
                issuer,
                "authorization_endpoint",
                issuer + "/authorize",
                "token_endpoint",
                issuer + "/token",
                "jwks_uri",
                issuer + "/jwks",
                "userinfo_endpoint",
                issuer + "/userinfo",
                "response_types_supported",
                new String[] {"code"},
                "subject_types_supported",
                new String[] {"public"},
                "id_token_signing_alg_values_supported",
                new String[] {"RS256"}));
    }

    void jwks(RoutingContext context) {
        context.json(
                Map.of("keys", new Object[] {key.toParams(org.jose4j.jwk.JsonWebKey.OutputControlLevel.PUBLIC_ONLY)}));
    }

    /** A page with one button, so that signing in is an act; {@code /authorize/continue} sends the browser back. */
    void authorize(RoutingContext context) {
        String query = context.request().query();
        context.response().putHeader("Content-Type", "text/html; charset=utf-8").end("""
                <!doctype html><html lang="en"><title>Sandbox sign-in</title>
                <body style="font:16px system-ui;margin:4rem auto;max-width:28rem">
                <h1>Sandbox sign-in</h1><p>A stand-in for the desk's identity provider.</p>
                <form method="post" action="/google/authorize/continue?%s"><button id="sign-in">Continue as %s</button></form>
                </body></html>""".formatted(
                        query == null ? "" : query.replace("\"", "%22"), OPERATOR));
    }

    void authorizeContinue(RoutingContext context) {
        HttpServerRequest request = context.request();
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(request.getParam("client_id"), request.getParam("nonce"), OPERATOR));
        String state = URLEncoder.encode(String.valueOf(request.getParam("state")), StandardCharsets.UTF_8);
        context.response()
                .setStatusCode(302)
                .putHeader("Location", request.getParam("redirect_uri") + "?code=" + code + "&state=" + state)
                .end();
    }

    void token(RoutingContext context) {
        Grant grant = codes.remove(String.valueOf(context.request().getFormAttribute("code")));
        if (grant == null) {
            context.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
            return;
        }
        var claims = json.createObjectNode().put("email", grant.email()).put("aud", grant.clientId());
        if (grant.nonce() != null) {
            claims.put("nonce", grant.nonce());
        }
        String token = sign(claims, issuer(context.request()));
        context.json(Map.of("id_token", token, "access_token", token, "token_type", "Bearer", "expires_in", 3600));
    }

    /**
     * A token with the given claims; what is not given is as Google's would be. {@code ttl} and {@code nbf} are seconds from now
     * and may be negative; {@code exp_as_written} stands for {@code exp} as it is. Forgeries: {@code kid} names another key, {@code foreign} signs with a key that is not the issuer's,
     * {@code alg: HS256} signs with the issuer's public key as the secret.
     */
    String sign(JsonNode wanted, String issuer) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(wanted.path("iss").asText(issuer));
        claims.setAudience(wanted.path("aud").asText("voldesk"));
        claims.setSubject(wanted.path("sub").asText("1080"));
        claims.setClaim("email", wanted.path("email").asText("scheduler@voldesk.example"));
        claims.setClaim("email_verified", wanted.path("email_verified").asBoolean(true));
        if (wanted.has("nonce")) {
            claims.setClaim("nonce", wanted.path("nonce").asText());
        }
        NumericDate now = NumericDate.now();
        claims.setIssuedAt(now);
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.getValue() + wanted.path("ttl").asLong(3600)));
        if (wanted.has("nbf")) {
            claims.setNotBefore(
                    NumericDate.fromSeconds(now.getValue() + wanted.path("nbf").asLong()));
        }
        JsonWebSignature signature = new JsonWebSignature();
        String payload = claims.toJson();
        signature.setPayload(
                wanted.has("exp_as_written")
                        ? payload.replaceFirst(
                                "\"exp\":\\d+",
                                "\"exp\":" + wanted.path("exp_as_written").asText())
                        : payload);
        signature.setKeyIdHeaderValue(wanted.path("kid").asText(key.getKeyId()));
        try {
            if (wanted.path("alg").asText().equals("HS256")) {
                signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
                signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
            } else {
                signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
                signature.setKey(
                        wanted.path("foreign").asBoolean()
                                ? RsaJwkGenerator.generateJwk(2048).getPrivateKey()
                                : key.getPrivateKey());
            }
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
