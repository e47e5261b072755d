package io.voldesk.analytics.market;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.List;

/**
 * What market data has captured since one of its runs.
 *
 * @param last the run to ask after next time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Captures(long last, List<Item> items) {
    /** One date of one type and currency that a run has stored. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(long runId, String snapshotType, String currency, LocalDate date) {}
}
