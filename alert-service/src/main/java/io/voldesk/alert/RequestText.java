package io.voldesk.alert;

import io.voldesk.kit.problem.Problem;

/** Free text of a request, as a column takes it. */
public final class RequestText {
    private RequestText() {}

    /**
     * @param text null for none
     * @throws Problem 400 where it is longer than allowed or holds a NUL, which no text column takes
     */
    public static String checked(String field, String text, int most) {
        if (text != null && text.length() > most) {
            throw Problem.badField(field, "must be at most " + most + " characters");
        }
        if (text != null && text.indexOf('\0') >= 0) {
            throw Problem.badField(field, "must not hold a NUL character");
        }
        return text;
    }

    /** @throws Problem 400 likewise, and where there is none */
    public static String required(String field, String text, int most) {
        if (text == null || text.isBlank()) {
            throw Problem.badField(field, "is required");
        }
        return checked(field, text, most);
    }
}
