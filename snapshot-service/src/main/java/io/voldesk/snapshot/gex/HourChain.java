package io.voldesk.snapshot.gex;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** The quotes of one hour by contract. */
record HourChain(Instant at, Map<Contract, Quote> quotes) {
    /**
     * @param markVol a fraction; null where not given or not to be believed
     * @param forward USD, of the expiry
     * @param openInterest contracts
     */
    record Quote(Double markVol, Double forward, Double openInterest) {
        boolean priced() {
            return markVol != null && forward != null && forward > 0;
        }
    }

    /** Whether it is of the hour that begins at or before an instant and holds it. */
    boolean sameHour(Instant moment) {
        Duration apart = Duration.between(at, moment);
        return !apart.isNegative() && apart.compareTo(Duration.ofHours(1)) < 0;
    }

    /** Mark vol nearest to the forward of the nearest expiry at least a day away; null without one. */
    Double atTheMoney() {
        return quotes.entrySet().stream()
                .filter(e -> e.getValue().priced() && !e.getKey().expiration().isBefore(at.plus(Duration.ofDays(1))))
                .min(Comparator.comparing(
                                (Map.Entry<Contract, Quote> e) -> e.getKey().expiration())
                        .thenComparing(e -> Math.abs(
                                Math.log(e.getKey().strike() / e.getValue().forward()))))
                .map(e -> e.getValue().markVol())
                .orElse(null);
    }
}
