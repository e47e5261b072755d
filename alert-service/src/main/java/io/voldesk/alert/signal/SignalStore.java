package io.voldesk.alert.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The signals that have fired. */
@ApplicationScoped
public class SignalStore {
    private final Jdbi jdbi;
    private final ObjectMapper json;

    public SignalStore(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** The most severe first, the latest first within. */
    public List<Signal> firing() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select * from signal where resolved_at is null
                        order by array_position(array['critical', 'warning', 'info'], severity), fired_at desc, id""").map(ConstructorMapper.of(Signal.class)).list());
    }

    List<Signal> recentlyResolved(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from signal where resolved_at is not null order by resolved_at desc limit :most")
                .bind("most", most)
                .map(ConstructorMapper.of(Signal.class))
                .list());
    }

    /** In one transaction: fires, renews or resolves. A rule without data leaves its signal alone. */
    void apply(List<Finding> findings, Instant now) {
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended('alert.signals', 0))");
            for (Finding finding : findings) {
                switch (finding) {
                    case Finding.Firing firing -> fire(handle, firing, now);
                    case Finding.Resolved resolved ->
                        handle.createUpdate("""
                                        update signal set resolved_at = :now
                                        where fingerprint = :fingerprint and resolved_at is null""")
                                .bind("now", now)
                                .bind("fingerprint", resolved.fingerprint())
                                .execute();
                    case Finding.NoData _ -> {}
                }
            }
        });
    }

    private void fire(Handle handle, Finding.Firing firing, Instant now) {
        handle.createUpdate("""
                        insert into signal (kind, currency, severity, text, inputs, fingerprint, fired_at, last_seen_at)
                        values (:kind, :currency, :severity, :text, :inputs, :fingerprint, :now, :now)
                        on conflict (fingerprint) where resolved_at is null do update set
                          severity = excluded.severity, text = excluded.text, inputs = excluded.inputs,
                          last_seen_at = excluded.last_seen_at""")
                .bind("kind", firing.kind().code())
                .bind("currency", firing.currency())
                .bind("severity", firing.severity().code())
                .bind("text", firing.text())
                .bind("inputs", write(firing.inputs()))
                .bind("fingerprint", firing.fingerprint())
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
}
