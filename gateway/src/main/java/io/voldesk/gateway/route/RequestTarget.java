package io.voldesk.gateway.route;

import java.util.ArrayList;
import java.util.List;

/**
 * The target of a request line, read once and strictly. Anything that two servers might read differently is refused, so that
 * what is matched here is what the service behind will see.
 */
public sealed interface RequestTarget {
    /**
     * @param path the path as sent
     * @param query as sent, without its question mark; null for none
     * @param segments of the path, decoded
     * @param escaped a bit for each segment that was sent with an escape, the first segment's the lowest
     */
    record Plain(String path, String query, List<String> segments, long escaped) implements RequestTarget {
        /** Path and query, as they go on the wire: the path encoded once and in one form, the query as it came. */
        public String uri() {
            String plain = escaped == 0 ? path : encoded();
            return query == null ? plain : plain + "?" + query;
        }

        private String encoded() {
            StringBuilder text = new StringBuilder(path.length());
            for (String segment : segments) {
                PercentText.encode(segment, text.append('/'));
            }
            return text.toString();
        }

        /** The same target without its segment number {@code index}. */
        public Plain without(int index) {
            List<String> rest = new ArrayList<>(segments);
            rest.remove(index);
            long below = escaped & ((1L << index) - 1);
            String shorter = escaped == 0 ? "/" + String.join("/", rest) : path;
            return new Plain(shorter, query, rest, below | (escaped >>> (index + 1)) << index);
        }
    }

    record Refused(String reason) implements RequestTarget {}

    int LONGEST = 2_048;

    /** No route has as many. */
    int MOST_SEGMENTS = 32;

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
        if (query != null && !QueryText.wellFormed(query)) {
            return new Refused("the query holds a character or an escape that must not be there");
        }
        List<String> segments = new ArrayList<>(8);
        long escaped = 0;
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segments.size() == MOST_SEGMENTS) {
                return new Refused("the path has too many segments");
            }
            if (!plain(segment)) {
                return new Refused("the path holds a character that must not be there");
            }
            if (segment.indexOf('%') >= 0) {
                escaped |= 1L << segments.size();
                segment = PercentText.decode(segment);
                if (segment == null || !harmless(segment)) {
                    return new Refused("the path holds an escape that must not be there");
                }
            }
            boolean root = path.length() == 1;
            if (segment.equals(".") || segment.equals("..") || (segment.isEmpty() && !root)) {
                return new Refused("the path holds an empty or dot segment");
            }
            segments.add(segment);
            start = end + 1;
        }
        return new Plain(path, query, segments, escaped);
    }

    /** Unreserved characters, a few sub-delimiters, and escapes. */
    private static boolean plain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (!PercentText.unreserved(c) && "%:@!$&'()*+,=".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a decoded segment holds nothing that some server might take for structure: no slash, backslash or control, and
     * nothing that would be one of these, a dot, an escape or half a character if it were decoded a second time.
     */
    private static boolean harmless(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            int again = PercentText.octet(segment, i);
            if (c == '/' || c == '\\' || Character.isISOControl(c) || (again >= 0 && structural(again))) {
                return false;
            }
        }
        return true;
    }

    private static boolean structural(int octet) {
        return octet < 0x20 || octet >= 0x7f || octet == '/' || octet == '\\' || octet == '.' || octet == '%';
    }
}
