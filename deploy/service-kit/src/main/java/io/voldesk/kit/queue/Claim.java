package io.voldesk.kit.queue;

import com.github.kagkarlsson.scheduler.task.Execution;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * One runner's hold on a piece of work in a queue: its {@code version} was given with it, and whoever takes the work over counts on.
 * So a runner that slept while another took over finds nothing under its claim, and what it writes under it is nothing.
 *
 * @param queue the queue's table
 * @param failures how often in a row the work has broken off so far
 */
public record Claim(String queue, String task, String instance, long version, int failures) {
    static Claim on(String queue, Execution execution) {
        return new Claim(
                queue, execution.getTaskName(), execution.getId(), execution.version, execution.consecutiveFailures);
    }

    /** SQL: the row under this claim, kept from being taken over until the transaction ends. */
    public String kept() {
        return "select 1 from " + queue + held() + " for no key update";
    }

    /** SQL: ends the work, as far as the queue goes. */
    public String ended() {
        return "delete from " + queue + held() + " returning 1";
    }

    /** SQL: puts the work back until {@code :delay} seconds from now, with {@code :failures} so far. */
    public String putBack() {
        return """
                update %s set picked = false, picked_by = null, last_heartbeat = null, version = version + 1,
                  consecutive_failures = :failures, execution_time = now() + make_interval(secs => :delay)
                """.formatted(queue) + held() + " returning 1";
    }

    private static String held() {
        return " where task_name = :claim_task and task_instance = :claim_instance and version = :claim_version and picked";
    }

    public <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("claim_task", task)
                .bind("claim_instance", instance)
                .bind("claim_version", version);
    }

    /** Whether the work is still this runner's; if so it stays so until the transaction of {@code handle} ends. */
    public boolean keptIn(Handle handle) {
        return bind(handle.createQuery(kept())).mapTo(Integer.class).findOne().isPresent();
    }
}
