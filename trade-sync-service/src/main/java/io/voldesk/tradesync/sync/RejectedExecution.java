package io.voldesk.tradesync.sync;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source row that was no execution, kept as it came; how it is closed says {@link Quarantine}. */
@Entity
@Table(name = "rejected_execution")
public class RejectedExecution extends PanacheEntityBase {
    @Id
    public Long id;

    public String source;
    public @Nullable String sourceTradeId;
    public String field;
    public String reason;
    public String raw;
    public Long firstRun;
    public Instant firstSeenAt;
    public @Nullable Instant resolvedAt;
    public Long resolvedByRun;
    public Integer version;
    public String portfolio;
    public String status;
    public @Nullable Instant updatedAt;
    public Integer page;
    public Integer position;
    public @Nullable String scopeKey;
    public @Nullable String resolution;
    public @Nullable String resolvedBy;
    public @Nullable String resolutionReason;

    static List<RejectedExecution> before(String source, String state, long id, int most) {
        String narrowed = switch (state) {
            case "open" -> " and resolvedAt is null";
            case "resolved" -> " and resolvedAt is not null";
            default -> "";
        };
        return RejectedExecution.<RejectedExecution>find(
                        "source = ?1 and id < ?2" + narrowed, Sort.descending("id"), source, id)
                .page(Page.ofSize(most))
                .list();
    }

    static long open(String source) {
        return count("source = ?1 and resolvedAt is null", source);
    }
}
