package io.voldesk.kit.queue;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** When something recurs. */
public sealed interface Recurrence {
    /** {@code off} in configuration. */
    record Never() implements Recurrence {}

    /** A pause of this length between the end of a run and the next. */
    record Every(Duration pause) implements Recurrence {}

    /** Quartz notation, for example {@code 0 30 1 * * ?}, in UTC. */
    record Cron(String pattern) implements Recurrence {}

    Set<String> OFF = Set.of("off", "disabled");

    /** @param pattern of cron, or {@code off} */
    static Recurrence cron(String pattern) {
        return OFF.contains(pattern) ? new Never() : new Cron(pattern);
    }

    /** As db-scheduler has it; what is off is taken out of the queue. */
    default Schedule schedule() {
        return switch (this) {
            case Never _ -> new CronSchedule("-", ZoneOffset.UTC);
            case Cron cron -> new CronSchedule(cron.pattern(), ZoneOffset.UTC, CronStyle.QUARTZ);
            case Every every -> new Pause(every.pause());
        };
    }

    /** Unlike the library's own, it begins with a pause: an instance that starts has other things to do. */
    record Pause(Duration length) implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete complete) {
            return complete.getTimeDone().plus(length);
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
