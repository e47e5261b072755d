package io.voldesk.alert.slack;

/** Text as Slack's mrkdwn takes it: {@code & < >} as entities, cut to a limit before that, so that no entity is ever cut. */
final class SlackText {
    private static final String CUT = "…";

    private SlackText() {}

    /** @param most characters the escaped text may have, at least 1 */
    static String of(String text, int most) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length() + 16, most));
        int fitting = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            append(escaped, c);
            if (escaped.length() > most) {
                escaped.setLength(fitting);
                return escaped.append(CUT).toString();
            }
            if (escaped.length() <= most - CUT.length()) {
                fitting = escaped.length();
            }
        }
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int c) {
        switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            default -> escaped.appendCodePoint(c);
        }
    }
}
