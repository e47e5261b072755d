package io.voldesk.analytics.pipeline;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of the pipeline's ledger: real runs only. Its status is {@code running, ok, partial_error, failed, cancelled} or, for a
 * run that was killed, {@code abandoned}.
 */
@Entity
public class PipelineRun extends PanacheEntityBase {
    /** What a run is for. */
    public enum Kind {
        BACKFILL,
        POST_SYNC,
        /** Contexts that market data has captured anew. */
        CONTEXT_REFRESH,
        /** What a vendor failed to answer, asked again. */
        BENCHMARK_RETRY,
        OUTCOMES,
        OUTCOME_RETRY;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String kind;
    public String scopeKey;
    public String requestedBy;
    public String status;
    public Instant startedAt;
    public @Nullable Instant finishedAt;

    @JsonRawValue
    public @Nullable String summary;

    static List<PipelineRun> latest(int most) {
        return PipelineRun.<PipelineRun>findAll(Sort.descending("id"))
                .page(Page.ofSize(most))
                .list();
    }
}
