package io.voldesk.snapshot.probability;

import java.time.Instant;
import java.util.Optional;

/** Where dealers' gamma is strongest, of the stored hours. */
public interface DealerLevels {
    /**
     * @param magnet the strike of the largest positive gamma, USD; null where no strike has any
     * @param repeller of the largest negative one, likewise
     */
    record Strongest(Instant at, Double magnet, Double repeller) {}

    /** Of the latest hour at or before an instant. */
    Optional<Strongest> latest(String currency, Instant notAfter);
}
