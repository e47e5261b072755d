package io.voldesk.analytics.market;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/**
 * What market data has captured since one of its runs.
 *
 * @param last the run to ask after next time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Captures(
        @JsonProperty(required = true) long last,
        @JsonProperty(required = true) List<Item> items) {
    /** One date of one type and currency that a run has stored. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(
            @JsonProperty(required = true) long runId,
            @JsonProperty(required = true) String snapshotType,
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) LocalDate date) {}
}
