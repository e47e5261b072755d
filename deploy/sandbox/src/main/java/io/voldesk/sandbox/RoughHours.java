package io.voldesk.sandbox;

import java.time.Instant;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The few hours of each month, by coin, in which the simulated options market is not fit for a clean surface. One of each kind
 * a month between 01:00 and 22:00, and the last hour of 13 June, on which dated pages stand, with a butterfly.
 */
enum RoughHours {
    /** A dent in the smile of the expiries between 10 and 70 days that prices a butterfly below zero. */
    BUTTERFLY,
    /** An expiry one to two weeks out whose total variance lies above the next one's. */
    CALENDAR,
    /** The expiries between 20 and 45 days are quoted at five deltas only. */
    SPARSE,
    NONE;

    static RoughHours of(String asset, Instant at) {
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        if (time.getMonth() == Month.JUNE && time.getDayOfMonth() == 13 && time.getHour() == 23) {
            return BUTTERFLY;
        }
        long month = YearMonth.from(time).getYear() * 12L + time.getMonthValue();
        for (RoughHours kind : values()) {
            if (kind != NONE
                    && time.getHour() == 1 + (int) (22 * Noise.uniform("rough-hour" + kind + asset, month))
                    && time.getDayOfMonth() == 1 + (int) (28 * Noise.uniform("rough-day" + kind + asset, month))) {
                return kind;
            }
        }
        return NONE;
    }
}
