package io.voldesk.snapshot.remediation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manual capture, re-run or backfill of one snapshot: who, why, and the counts before and after. */
@Entity
public class RemediationEvent extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Instant at;
    public String who;
    public String kind;
    public String snapshotType;
    public String currency;
    public LocalDate snapshotDate;

    /** The operator's; null where none was given. */
    public @Nullable String reason;

    /** What the capture says of itself where it stored nothing. */
    public @Nullable String detail;

    public Integer rowsBefore;
    public Integer rowsAfter;
    public Integer suspiciousBefore;
    public Integer suspiciousAfter;
    public String status;

    static List<RemediationEvent> before(long id, int most) {
        return RemediationEvent.<RemediationEvent>find("id < ?1", Sort.descending("id"), id)
                .page(Page.ofSize(most))
                .list();
    }
}
