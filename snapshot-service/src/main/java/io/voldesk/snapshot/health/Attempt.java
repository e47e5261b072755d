package io.voldesk.snapshot.health;

import java.time.LocalDate;

/** The newest run there is to speak of. */
record Attempt(String status, LocalDate date, String error) {
    String words() {
        return status + " for " + date + (error == null ? "" : ": " + error);
    }

    boolean emptyFor(LocalDate wanted) {
        return status.equals("no_payload") && date.equals(wanted);
    }
}
