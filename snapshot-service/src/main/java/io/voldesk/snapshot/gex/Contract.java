package io.voldesk.snapshot.gex;

import java.time.Instant;

/** What names an option on every data set of the vendor; its instrument names are spelt differently on each. */
record Contract(Instant expiration, double strike, String putCall) {
    boolean call() {
        return putCall.equals("C");
    }
}
