package io.voldesk.tradesync.sync;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A source row that was no execution, kept as it came; resolved once a later version of it is good. */
@Entity
@Table(name = "rejected_execution")
public class RejectedExecution extends PanacheEntityBase {
    @Id
    public Long id;

    public String source;
    public String sourceTradeId;
    public String field;
    public String reason;
    public String raw;
    public Long firstRun;
    public Instant firstSeenAt;
    public Instant resolvedAt;
    public Long resolvedByRun;

    static List<RejectedExecution> before(String source, long id, int most) {
        return RejectedExecution.<RejectedExecution>find("source = ?1 and id < ?2", Sort.descending("id"), source, id)
                .page(Page.ofSize(most))
                .list();
    }

    static long open(String source) {
        return count("source = ?1 and resolvedAt is null", source);
    }
}
