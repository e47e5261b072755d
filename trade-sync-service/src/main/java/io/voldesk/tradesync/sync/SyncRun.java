package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of the run ledger. */
@Entity
@Table(name = "sync_run")
public class SyncRun extends PanacheEntityBase {
    @Id
    public Long id;

    public String source;
    public String scopeKey;
    public String kind;
    public String requestedBy;
    public String status;
    public Instant startedAt;
    public @Nullable Instant finishedAt;

    @JsonRawValue
    public @Nullable String summary;

    public @Nullable String error;

    static List<SyncRun> latest(String source, int most) {
        return SyncRun.<SyncRun>find("source", Sort.descending("id"), source)
                .page(Page.ofSize(most))
                .list();
    }

    static List<SyncRun> before(String source, long id, int most) {
        return SyncRun.<SyncRun>find("source = ?1 and id < ?2", Sort.descending("id"), source, id)
                .page(Page.ofSize(most))
                .list();
    }
}
