package io.voldesk.kit.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;

/** Who asked for this run, as the gateway established it; {@code admin-secret} for a direct call with the secret. */
@RequestScoped
public class Actor {
    public static final String HEADER = "x-internal-actor";

    private final HttpHeaders headers;

    public Actor(HttpHeaders headers) {
        this.headers = headers;
    }

    public String name() {
        String sent = headers.getHeaderString(HEADER);
        return sent == null || sent.isBlank() ? "admin-secret" : sent.substring(0, Math.min(sent.length(), 200));
    }
}
