package io.voldesk.alert.dispatch;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;

/** Keeps a kind of signal, of one currency or all, from being dispatched until it ends. */
@Entity
public class Silence extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String kind;
    public String currency;
    public String author;
    public String reason;
    public Instant createdAt;
    public Instant until;

    static List<Silence> active(Instant now) {
        return list("until > ?1", Sort.ascending("until"), now);
    }

    boolean covers(String signalKind, String signalCurrency) {
        return kind.equals(signalKind) && (currency == null || currency.equals(signalCurrency));
    }
}
