package io.voldesk.kit.param;

import io.voldesk.kit.problem.Problem;
import java.time.LocalDate;

/** Dates from one to another, both included. */
public record DateRange(LocalDate from, LocalDate to) {
    /**
     * @param mostDays how far apart the route lets them be
     * @throws Problem 400 naming {@code from}, or naming {@code to} where only that is missing
     */
    public static DateRange of(LocalDate from, LocalDate to, int mostDays) {
        if (from == null || to == null) {
            throw Problem.badField(from == null ? "from" : "to", "is required");
        }
        if (from.isAfter(to)) {
            throw Problem.badField("from", "must not be after to");
        }
        if (to.toEpochDay() - from.toEpochDay() > mostDays) {
            throw Problem.badField("from", "must be at most " + mostDays + " days before to");
        }
        return new DateRange(from, to);
    }
}
