package io.voldesk.alert.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The signals raised so far. */
@ApplicationScoped
public class SignalStore {
    private final Jdbi jdbi;
    private final ObjectMapper json;

    public SignalStore(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** The most severe first, the latest first within. */
    public List<StandingSignal> standing() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select * from signal where cleared_at is null
                        order by array_position(array['critical', 'warning', 'info'], severity), raised_at desc, id""").map((row, context) -> read(row)).list());
    }

    List<StandingSignal> recentlyCleared(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from signal where cleared_at is not null order by cleared_at desc limit :most")
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    /** In one transaction: raises, renews or clears. A blind rule leaves what stands alone. */
    void apply(List<Finding> findings, Instant now) {
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended('alert.signals', 0))");
            for (Finding finding : findings) {
                switch (finding) {
                    case Finding.Raise raise -> raise(handle, raise, now);
                    case Finding.Quiet quiet ->
                        handle.createUpdate("""
                                        update signal set cleared_at = :now
                                        where fingerprint = :fingerprint and cleared_at is null""")
                                .bind("now", now)
                                .bind("fingerprint", quiet.fingerprint())
                                .execute();
                    case Finding.Blind _ -> {}
                }
            }
        });
    }

    private void raise(Handle handle, Finding.Raise raise, Instant now) {
        handle.createUpdate("""
                        insert into signal (kind, currency, severity, text, inputs, fingerprint, raised_at, last_seen_at)
                        values (:kind, :currency, :severity, :text, :inputs, :fingerprint, :now, :now)
                        on conflict (fingerprint) where cleared_at is null do update set
                          severity = excluded.severity, text = excluded.text, inputs = excluded.inputs,
                          last_seen_at = excluded.last_seen_at""")
                .bind("kind", raise.kind())
                .bind("currency", raise.currency())
                .bind("severity", raise.severity())
                .bind("text", raise.text())
                .bind("inputs", write(raise.inputs()))
                .bind("fingerprint", raise.fingerprint())
                .bind("now", now)
                .execute();
    }

    private String write(List<Reading> inputs) {
        try {
            return json.writeValueAsString(inputs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static StandingSignal read(ResultSet row) throws SQLException {
        return new StandingSignal(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("currency"),
                row.getString("severity"),
                row.getString("text"),
                row.getString("inputs"),
                row.getString("fingerprint"),
                row.getTimestamp("raised_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getTimestamp("cleared_at") == null
                        ? null
                        : row.getTimestamp("cleared_at").toInstant());
    }
}
