package io.voldesk.alert.silence;

import io.voldesk.alert.rule.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The silences there are and were. */
@ApplicationScoped
public class SilenceStore {
    private static final RowMapper<Silence> ROW = ConstructorMapper.of(Silence.class);

    private final Jdbi jdbi;

    public SilenceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** In force at an instant, the first to end first. */
    public List<Silence> active(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from silence where until > :now and lifted_at is null order by until, id")
                .bind("now", now)
                .map(ROW)
                .list());
    }

    /** Ended or lifted, the latest made first. */
    List<Silence> over(Instant now, long beforeId, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from silence where (until <= :now or lifted_at is not null) and id < :before
                        order by id desc limit :most""")
                .bind("now", now)
                .bind("before", beforeId)
                .bind("most", most)
                .map(ROW)
                .list());
    }

    Silence add(Kind kind, String currency, String author, String reason, Instant createdAt, Instant until) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into silence (kind, currency, author, reason, created_at, until)
                        values (:kind, :currency, :author, :reason, :created_at, :until) returning *""")
                .bind("kind", kind.code())
                .bind("currency", currency)
                .bind("author", author)
                .bind("reason", reason)
                .bind("created_at", createdAt)
                .bind("until", until)
                .map(ROW)
                .one());
    }

    /** Ends one that is in force; empty where none of that id is. */
    Optional<Silence> lift(long id, String by, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update silence set lifted_at = :now, lifted_by = :by
                        where id = :id and lifted_at is null and until > :now returning *""")
                .bind("id", id)
                .bind("by", by)
                .bind("now", now)
                .map(ROW)
                .findOne());
    }
}
