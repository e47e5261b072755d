package io.voldesk.gateway.route;

import java.util.ArrayList;
import java.util.List;

/** A query string held against the parameters that a route takes. */
public final class QueryText {
    private QueryText() {}

    /** A parameter that a route does not take, or takes once only. */
    public record Fault(String parameter, String message) {}

    /**
     * Whether every server reads it alike: visible ASCII without {@code #} and without {@code ;} (to some a separator), and whole
     * escapes of UTF-8 without a NUL.
     */
    static boolean wellFormed(String query) {
        boolean escaped = false;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '#' || c == ';') {
                return false;
            }
            escaped |= c == '%';
        }
        if (!escaped) {
            return true;
        }
        String text = PercentText.decode(query);
        return text != null && text.indexOf('\0') < 0;
    }

    /** Whether it names {@code allowed} parameters only, each once at most. A name is to be spelled without escapes. */
    public static boolean fits(String query, List<String> allowed) {
        long seen = 0;
        for (int start = 0; query != null && start < query.length(); ) {
            int end = end(query, start);
            if (end > start) {
                int index = index(allowed, query, start, nameEnd(query, start, end));
                if (index < 0 || (seen & (1L << index)) != 0) {
                    return false;
                }
                seen |= 1L << index;
            }
            start = end + 1;
        }
        return true;
    }

    /** What {@link #fits} took offence at, parameter by parameter. */
    public static List<Fault> faults(String query, List<String> allowed) {
        List<Fault> faults = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            String name = pair.substring(0, nameEnd(pair, 0, pair.length()));
            if (!allowed.contains(name)) {
                String takes = allowed.isEmpty() ? "none" : String.join(", ", allowed);
                faults.add(new Fault(name, "is not a parameter of this route; it takes " + takes));
            } else if (seen.contains(name)) {
                faults.add(new Fault(name, "is given more than once"));
            }
            seen.add(name);
        }
        return faults;
    }

    private static int index(List<String> allowed, String query, int start, int end) {
        for (int i = 0; i < allowed.size(); i++) {
            String name = allowed.get(i);
            if (name.length() == end - start && query.startsWith(name, start)) {
                return i;
            }
        }
        return -1;
    }

    private static int end(String query, int start) {
        int ampersand = query.indexOf('&', start);
        return ampersand < 0 ? query.length() : ampersand;
    }

    private static int nameEnd(String query, int start, int end) {
        int equals = query.indexOf('=', start);
        return equals < 0 || equals > end ? end : equals;
    }
}
