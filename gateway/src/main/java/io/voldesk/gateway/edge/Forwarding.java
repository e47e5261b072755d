package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;

/** What the proxies in front say of a request; believed as far as there are proxies of ours, and no further. */
@ApplicationScoped
public class Forwarding {
    private final int proxies;

    public Forwarding(EdgeSettings settings) {
        this.proxies = settings.proxies();
    }

    /** Whether the client speaks TLS, to us or to the proxy that ends it. */
    boolean secure(HttpServerRequest request) {
        if (proxies == 0) {
            return request.isSSL();
        }
        List<String> said = request.headers().getAll("x-forwarded-proto");
        return said.size() == 1 && said.getFirst().equalsIgnoreCase("https");
    }

    /** Whose allowance a request is counted against: an IPv4 address, or the /64 that a host of IPv6 has to itself. */
    String client(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        if (proxies > 0) {
            List<String> hops = request.headers().getAll("x-forwarded-for").stream()
                    .flatMap(value -> Arrays.stream(value.split(",", -1)))
                    .map(String::strip)
                    .toList();
            if (hops.size() >= proxies) {
                peer = hops.get(hops.size() - proxies);
            }
        }
        return network(peer);
    }

    private static String network(String address) {
        if (address == null) {
            return "unknown";
        }
        if (address.indexOf(':') < 0 || address.length() > 45) {
            return address.substring(0, Math.min(address.length(), 45));
        }
        String[] groups = address.split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length) && !groups[i].isEmpty(); i++) {
            network.append(groups[i]).append(':');
        }
        return network.toString();
    }
}
