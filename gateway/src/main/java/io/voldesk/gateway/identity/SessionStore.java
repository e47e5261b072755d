package io.voldesk.gateway.identity;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Jdbi;

/** The ledger of operators' sessions, shared by all gateways: signing out at one ends the session at each. */
@ApplicationScoped
public class SessionStore {
    private final Jdbi jdbi;

    public SessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Notes that a session has begun. One that is known already is left as it is.
     *
     * @return whether it is open: one that was signed out stays so
     */
    boolean open(OperatorSession.Operator operator) {
        return jdbi.inTransaction(handle -> {
            handle.execute("delete from session where expires_at < now() - interval '90 days'");
            handle.createUpdate("""
                            insert into session (id, actor, expires_at) values (:id, :actor, :expires)
                            on conflict (id) do nothing""")
                    .bind("id", operator.sessionId())
                    .bind("actor", operator.actor())
                    .bind("expires", operator.expiresAt())
                    .execute();
            return handle.createQuery("select closed_at is null and expires_at > now() from session where id = :id")
                    .bind("id", operator.sessionId())
                    .mapTo(Boolean.class)
                    .one();
        });
    }

    boolean isOpen(OperatorSession.Operator operator) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select true from session where id = :id and closed_at is null and expires_at > now()")
                .bind("id", operator.sessionId())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    void close(OperatorSession.Operator operator) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update session set closed_at = now() where id = :id and closed_at is null")
                .bind("id", operator.sessionId())
                .execute());
    }
}
