package io.voldesk.gateway.edge;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes off a request what is meant for one hop, and what a client says of things only the gateway may say. */
final class HeaderHygiene {
    private static final Set<String> DROPPED = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "range",
            "if-range",
            "forwarded",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "x-admin-secret",
            "x-csrf-token",
            "authorization",
            "cookie");
    private static final List<String> DROPPED_PREFIXES = List.of("x-forwarded-", "x-internal-");

    private HeaderHygiene() {}

    static void clean(MultiMap headers) {
        List<String> named = new ArrayList<>();
        for (String value : headers.getAll("connection")) {
            for (String name : value.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        for (String name : List.copyOf(headers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (DROPPED.contains(lower)
                    || named.contains(lower)
                    || DROPPED_PREFIXES.stream().anyMatch(lower::startsWith)) {
                headers.remove(name);
            }
        }
    }
}
