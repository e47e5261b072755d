package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * What a walk found against the cache.
 *
 * @param fetched accepted and rejected rows, those of the re-read overlap that equal the cache left out
 * @param overlapUnchanged re-read rows that equal the cache
 * @param duplicates earlier appearances of ids that were served twice in the walk
 * @param dismissed bad rows that an operator has dismissed; they are neither fetched nor rejected
 * @param premiumDeltaUsd new − cached premium over inserted and updated rows
 * @param grossPremiumDeltaUsd the same with every row's change taken as positive, so that none sets off another
 */
public record Counts(
        long fetched,
        long normalized,
        long rejected,
        long inserted,
        long updated,
        long unchanged,
        long overlapUnchanged,
        long duplicates,
        long dismissed,
        @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal premiumDeltaUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal grossPremiumDeltaUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal quantityDelta) {

    /** For a full-scope run, whose deltas are the diagnostic's: source − local. */
    Counts withoutDeltas() {
        return new Counts(
                fetched,
                normalized,
                rejected,
                inserted,
                updated,
                unchanged,
                overlapUnchanged,
                duplicates,
                dismissed,
                null,
                null,
                null);
    }
}
