package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What readers of the services' own state rely on. An answer may grow; one without a field named here is not read at all, so that a
 * renamed field is an error and never a state that silently looks well.
 */
public final class ServiceStatus {
    private ServiceStatus() {}

    /** The stored snapshots, judged against the latest complete UTC date. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Snapshots(
            @JsonProperty(required = true) LocalDate latestCompleteDate,
            @JsonProperty(required = true) List<Snapshot> items,
            @JsonProperty(required = true) List<FailedBackfill> failedBackfills) {}

    /**
     * What a backfill gave up on and nobody has captured since.
     *
     * @param tasks days of a type
     * @param first the oldest of them, and why it failed
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record FailedBackfill(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) long tasks,
            @JsonProperty(required = true) String first) {}

    /** @param status {@code ok, suspicious, partial, pending, stale, no_payload, missing, failed} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Snapshot(
            @JsonProperty(required = true) String type,
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) String status) {}

    /** Whether the densities of the usual maturities can be shown. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Densities(@JsonProperty(required = true) List<Density> items) {}

    /**
     * @param dte days to expiry
     * @param reason of the state; null where ok
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Density(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) int dte,
            @JsonProperty(required = true) QualityState state,
            @JsonProperty(required = true) String reason,
            @JsonProperty(required = true) DensityQuality densityQuality) {}

    /**
     * @param reasons what falls short; empty where nothing does
     * @param surfaceTimestamp of the surface the density is fitted to; null where there is none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record DensityQuality(
            @JsonProperty(required = true) List<String> reasons,
            @JsonProperty(required = true) Instant surfaceTimestamp) {}

    /**
     * The card of execution sync.
     *
     * @param lastSuccessfulSyncAt null before the first; {@code lastError} null after a success
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Sync(
            @JsonProperty(required = true) Instant lastSuccessfulSyncAt,
            @JsonProperty(required = true) String lastError,
            @JsonProperty(required = true) Owed owedEnrichment,
            @JsonProperty(required = true) List<SyncAlarm> alarms) {}

    /** @param count sync runs whose enrichment is still to come */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Owed(@JsonProperty(required = true) long count) {}

    /**
     * Something that a sync cannot mend by itself.
     *
     * @param since when it was first seen; null where that is not kept
     * @param count of executions, rows or differences it speaks of
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SyncAlarm(
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) Severity severity,
            @JsonProperty(required = true) String text,
            @JsonProperty(required = true) Instant since,
            @JsonProperty(required = true) long count) {}

    /** The state of trade analytics. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Analytics(@JsonProperty(required = true) Freshness freshness) {}

    /**
     * @param lastSuccessfulSyncAt of an enrichment; null before the first
     * @param lastError null after a success
     * @param lastRunSummary null before the first run
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Freshness(
            @JsonProperty(required = true) Instant lastSuccessfulSyncAt,
            @JsonProperty(required = true) String lastError,
            @JsonProperty(required = true) RunSummary lastRunSummary) {}

    /** @param status {@code ok, partial_error} or {@code failed} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RunSummary(@JsonProperty(required = true) String status) {}
}
