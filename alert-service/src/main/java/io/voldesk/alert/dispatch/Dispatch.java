package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;

/** A line of the delivery ledger. */
@Entity
public class Dispatch extends PanacheEntityBase {
    @Id
    public Long id;

    public String requestedBy;
    public String note;

    @JsonRawValue
    public String message;

    public String status;
    public String error;
    public Instant createdAt;
    public Instant finishedAt;

    static List<Dispatch> before(long id, int most) {
        return Dispatch.<Dispatch>find("id < ?1", Sort.descending("id"), id)
                .page(Page.ofSize(most))
                .list();
    }
}
