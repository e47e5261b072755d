package io.voldesk.gateway.route;

import java.util.List;

/**
 * The target of a request line, read once and strictly. Anything that two servers might read differently is refused, so that
 * what is matched here is what the service behind will see.
 */
public sealed interface RequestTarget {
    /** @param path the path as sent; it equals its decoding */
    record Plain(String path, String query, List<String> segments) implements RequestTarget {
        /** Path and query, as they go on the wire. */
        public String uri() {
            return query == null ? path : path + "?" + query;
        }
    }

    record Refused(String reason) implements RequestTarget {}

    int LONGEST = 2_048;

    static RequestTarget read(String uri) {
        if (uri == null || !uri.startsWith("/")) {
            return new Refused("the request target must be a path");
        }
        if (uri.length() > LONGEST) {
            return new Refused("the request target is too long");
        }
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? null : uri.substring(mark + 1);
        for (int i = 0; i < path.length(); i++) {
            if (!plain(path.charAt(i))) {
                return new Refused("the path holds a character that must not be there");
            }
        }
        if (query != null && query.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == '#')) {
            return new Refused("the query holds a character that must not be there");
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            if (segment.equals(".") || segment.equals("..") || (segment.isEmpty() && !(last && segments.size() == 1))) {
                return new Refused("the path holds an empty or dot segment");
            }
        }
        return new Plain(path, query, segments);
    }

    /** Unreserved characters and a few sub-delimiters. No escapes at all: no route and no id needs one. */
    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "/-._~:@!$&'()*+,=".indexOf(c) >= 0;
    }
}
