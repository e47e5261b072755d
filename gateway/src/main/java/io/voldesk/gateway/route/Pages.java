package io.voldesk.gateway.route;

import java.util.Set;

/** The dashboard's addresses. Each is answered with its one document, and sign-in leads back to these only. */
public final class Pages {
    private static final Set<String> ALL = Set.of(
            "/", "/trades", "/performance", "/data", "/analytics", "/probability", "/flow", "/alerts", "/reference");

    private Pages() {}

    public static boolean has(String path) {
        return ALL.contains(path);
    }

    /**
     * Where sign-in leads back to.
     *
     * @param asked a page with its query, decoded once; anything else, another site's address for one, is the first page
     */
    public static String returnTo(String asked) {
        if (asked == null) {
            return "/";
        }
        int mark = asked.indexOf('?');
        String path = mark < 0 ? asked : asked.substring(0, mark);
        return has(path) && (mark < 0 || query(asked.substring(mark + 1))) ? asked : "/";
    }

    /** RFC 3986's characters of a query, no space, control, quote, backslash or fragment; every escape whole and of UTF-8. */
    private static boolean query(String text) {
        return text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "-._~!$&'()*+,;=:@/?%".indexOf(c) >= 0)
                && PercentText.decode(text) != null;
    }
}
