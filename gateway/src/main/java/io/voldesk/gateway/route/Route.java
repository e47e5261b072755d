package io.voldesk.gateway.route;

import java.util.List;

/**
 * One route of the API.
 *
 * @param template literal segments and {@code {name}} for exactly one segment, or for the rest of one
 * @param segments the template's
 * @param parameters the query parameters it takes; any other is refused by name
 * @param adminProxy whether an operator's session may take it through the admin proxy
 * @param work how long a request may take, what it costs, how many may run at once
 * @param largestBody bytes a request may send; 0 where it may have no body
 */
public record Route(
        String method,
        String template,
        List<String> segments,
        List<String> parameters,
        Service service,
        Authority authority,
        boolean adminProxy,
        Work work,
        long largestBody) {
    /** Who answers. */
    public enum Service {
        TRADE_SYNC("trade-sync"),
        ANALYTICS("analytics"),
        SNAPSHOT("snapshot"),
        ALERT("alert"),
        /** The gateway itself. */
        GATEWAY("gateway");

        /** Those with long work that is followed as jobs. */
        public static final List<Service> WITH_JOBS = List.of(TRADE_SYNC, ANALYTICS, SNAPSHOT);

        private final String key;

        Service(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** What a caller must prove. */
    public enum Authority {
        PUBLIC,
        ADMIN,
        /** Admin, or the configured scheduler account's token. */
        ADMIN_OR_SCHEDULER,
        /** An operator's session with its CSRF token. */
        OPERATOR
    }

    public Route {
        parameters = List.copyOf(parameters);
        if (parameters.size() > Long.SIZE) {
            throw new IllegalArgumentException(template + " takes more parameters than are counted");
        }
    }

    static Route of(
            String method,
            String template,
            Service service,
            Authority authority,
            boolean adminProxy,
            Work work,
            long largestBody,
            String... parameters) {
        List<String> segments = List.of(template.substring(1).split("/", -1));
        return new Route(
                method, template, segments, List.of(parameters), service, authority, adminProxy, work, largestBody);
    }

    /** HEAD is answered wherever GET is. */
    boolean takes(String asked) {
        return method.equals(asked) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** Whether a path's decoded segments are this template's. */
    boolean matches(List<String> path) {
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!fits(segments.get(i), path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether each of the segments {@code escaped} is one of the template's holes. */
    boolean takesEscapes(long escaped) {
        for (int i = 0; i < segments.size(); i++) {
            if ((escaped & (1L << i)) != 0 && segments.get(i).indexOf('{') < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String mine, String segment) {
        int hole = mine.indexOf('{');
        return hole < 0 ? mine.equals(segment) : segment.length() > hole && segment.startsWith(mine.substring(0, hole));
    }

    /** How many segments are literal: of two matching templates the more literal one is meant. */
    int literals() {
        int count = 0;
        for (String segment : segments) {
            count += segment.indexOf('{') < 0 ? 1 : 0;
        }
        return count;
    }
}
