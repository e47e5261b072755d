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

/** A line of the pipeline's ledger: real runs only. */
@Entity
public class PipelineRun extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String kind;
    public String scopeKey;
    public String requestedBy;
    public String status;
    public Instant startedAt;
    public Instant finishedAt;

    @JsonRawValue
    public String summary;

    static List<PipelineRun> latest(int most) {
        return PipelineRun.<PipelineRun>findAll(Sort.descending("id"))
                .page(Page.ofSize(most))
                .list();
    }
}
