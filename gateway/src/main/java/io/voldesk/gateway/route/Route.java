package io.voldesk.gateway.route;

import java.util.List;

/**
 * One route of the API.
 *
 * @param template literal segments and {@code {name}} for exactly one segment, or for the rest of one
 * @param largestBody bytes a request may send; 0 where it may have no body
 * @param adminProxy whether an operator's session may take it through the admin proxy
 */
public record Route(
        String method, String template, Service service, Authority authority, boolean adminProxy, long largestBody) {
    /** Who answers. */
    public enum Service {
        TRADE_SYNC("trade-sync"),
        ANALYTICS("analytics"),
        SNAPSHOT("snapshot"),
        ALERT("alert"),
        /** The gateway itself. */
        GATEWAY("gateway");

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
        ADMIN_OR_SCHEDULER
    }

    boolean matches(String method, List<String> segments) {
        if (!this.method.equals(method)) {
            return false;
        }
        List<String> mine = segments();
        if (mine.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!fits(mine.get(i), segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String mine, String segment) {
        int hole = mine.indexOf('{');
        return hole < 0 ? mine.equals(segment) : segment.length() > hole && segment.startsWith(mine.substring(0, hole));
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }

    /** How many segments are literal: of two matching routes the more literal one is meant. */
    long literals() {
        return segments().stream().filter(s -> s.indexOf('{') < 0).count();
    }
}
