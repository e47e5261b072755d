package io.voldesk.kit.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs what recurs. A run that fails is told in the log, and comes again at its next time. */
@Singleton
public class Recurrences {
    private static final Logger LOG = Logger.getLogger(Recurrences.class);
    private static final String TABLE = "recurring_task";
    private static final int MOST_AT_ONCE = 4;

    private final Queues queues;
    private final List<Recurring> all;

    public Recurrences(Queues queues, @All List<Recurring> all) {
        this.queues = queues;
        this.all = all;
    }

    public void open(@Observes @Priority(Queues.OPENING) StartupEvent started) {
        if (!all.isEmpty()) {
            queues.openRecurring(
                    TABLE, MOST_AT_ONCE, all.stream().map(Recurrences::task).toList());
        }
    }

    private static RecurringTask<Void> task(Recurring work) {
        return Tasks.recurring(work.name(), work.when().schedule())
                // the library's own way asks the clock of this machine
                .onDeadExecution((complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
                .execute((_, _) -> {
                    try {
                        work.recur();
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "%s failed", work.name());
                        throw e;
                    }
                });
    }
}
