package io.voldesk.analytics.market;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * The session of listed US share options: 9:30 to 16:00 in New York on NYSE days, to 13:00 on the eves of Independence Day
 * and Christmas and the day after Thanksgiving.
 */
@ApplicationScoped
public class OptionSession {
    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime OPEN = LocalTime.of(9, 30);
    private static final LocalTime CLOSE = LocalTime.of(16, 0);
    private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);
    private static final Set<MonthDay> EVES = Set.of(MonthDay.of(7, 3), MonthDay.of(12, 24));
    /** Closings that follow no rule: the national days of mourning for the Presidents Bush and Carter. */
    private static final Set<LocalDate> EXTRAORDINARY = Set.of(LocalDate.of(2018, 12, 5), LocalDate.of(2025, 1, 9));

    private final HolidayManager holidays = HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.NYSE));

    public boolean isTradingDay(LocalDate day) {
        return day.getDayOfWeek().getValue() <= 5 && !holidays.isHoliday(day) && !EXTRAORDINARY.contains(day);
    }

    public boolean contains(Instant instant) {
        ZonedDateTime local = instant.atZone(NEW_YORK);
        return isTradingDay(local.toLocalDate())
                && !local.toLocalTime().isBefore(OPEN)
                && local.toLocalTime().isBefore(close(local.toLocalDate()));
    }

    /** The instant itself within a session, else the open of the next one. */
    public Instant rollForward(Instant instant) {
        if (contains(instant)) {
            return instant;
        }
        ZonedDateTime local = instant.atZone(NEW_YORK);
        LocalDate day = local.toLocalDate();
        if (!isTradingDay(day) || !local.toLocalTime().isBefore(OPEN)) {
            do {
                day = day.plusDays(1);
            } while (!isTradingDay(day));
        }
        return day.atTime(OPEN).atZone(NEW_YORK).toInstant();
    }

    /** The last moment a contract trades: the close of its expiry day, or of the trading day before where that is none. */
    public Instant lastTradeOf(LocalDate expiry) {
        LocalDate day = expiry;
        while (!isTradingDay(day)) {
            day = day.minusDays(1);
        }
        return day.atTime(close(day)).atZone(NEW_YORK).toInstant();
    }

    private LocalTime close(LocalDate day) {
        LocalDate thanksgiving =
                LocalDate.of(day.getYear(), 11, 1).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY));
        return EVES.contains(MonthDay.from(day)) || day.equals(thanksgiving.plusDays(1)) ? EARLY_CLOSE : CLOSE;
    }
}
