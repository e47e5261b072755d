package io.voldesk.sandbox;

import io.voldesk.quant.Black76;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.TreeSet;

/**
 * Options on the simulated shares. As in the recordings the forward is S·e^{rT}, the premium its discounted Black price, and
 * the time of a vol the days to midnight UTC before the expiry date, from some three weeks on; nearer than that it goes over
 * to the time to the close, which the recorded short vols are nearer to.
 */
final class ShareOptions {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final double BLEND_DAYS = 4;

    private final SimulatedMarket market;

    ShareOptions(SimulatedMarket market) {
        this.market = market;
    }

    /**
     * An option at a moment of the model.
     *
     * @param days of its vol, see the class
     * @param vol of the strike, a fraction
     */
    record Valued(boolean call, double strike, double spot, double rate, double days, double vol) {
        double forward() {
            return spot * Math.exp(rate * days / 365);
        }

        double discount() {
            return Math.exp(-rate * days / 365);
        }

        /** USD per share. */
        double price() {
            return discount() * Black76.price(call, forward(), strike, days / 365, vol);
        }

        double delta() {
            double delta = Black76.deltaCall(forward(), strike, days / 365, vol);
            return call ? delta : delta - 1;
        }

        Valued at(double otherVol) {
            return new Valued(call, strike, spot, rate, days, otherVol);
        }

        /** The vol that gives a price, by bisection; NaN outside the bounds of no arbitrage. */
        double impliedVol(double price) {
            double low = 0.02;
            double high = 8;
            if (price <= at(low).price() || price >= at(high).price()) {
                return Double.NaN;
            }
            for (int i = 0; i < 45; i++) {
                double middle = (low + high) / 2;
                if (at(middle).price() < price) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return (low + high) / 2;
        }
    }

    Valued value(String share, LocalDate expiry, double strike, boolean call, Instant at) {
        var now = market.moment(share, at);
        double days = volDays(at, expiry);
        double rate = SimulatedMarket.Moment.rate(days);
        double forward = now.spot() * Math.exp(rate * days / 365);
        double vol =
                now.smile(expiry.atStartOfDay(ZoneOffset.UTC).toInstant(), days).vol(Math.log(strike / forward));
        return new Valued(call, strike, now.spot(), rate, days, vol);
    }

    /** From midnight UTC, as the vendor counts {@code daysToExpiration}; negative on the day itself. */
    static double daysToMidnight(Instant at, LocalDate expiry) {
        return SimulatedMarket.days(at, expiry.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    static double volDays(Instant at, LocalDate expiry) {
        double toMidnight = daysToMidnight(at, expiry);
        double toClose = SimulatedMarket.days(at, close(expiry));
        return toClose - (toClose - toMidnight) * (1 - Math.exp(-Math.max(0, toMidnight) / BLEND_DAYS));
    }

    /** Eight Fridays after the day, then the third Fridays of a year. */
    static List<LocalDate> expiries(LocalDate day) {
        var expiries = new TreeSet<LocalDate>();
        LocalDate friday = day.with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
        for (int week = 0; week < 8; week++) {
            expiries.add(friday.plusWeeks(week));
        }
        for (int month = 2; month <= 13; month++) {
            expiries.add(day.plusMonths(month).with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.FRIDAY)));
        }
        return List.copyOf(expiries);
    }

    /** 9:30 to 16:00 in New York on weekdays; the sandbox knows no holidays. */
    static boolean inSession(Instant at) {
        ZonedDateTime local = at.atZone(NEW_YORK);
        LocalTime time = local.toLocalTime();
        return local.getDayOfWeek().getValue() <= 5
                && !time.isBefore(LocalTime.of(9, 30))
                && time.isBefore(LocalTime.of(16, 0));
    }

    static Instant close(LocalDate day) {
        return day.atTime(16, 0).atZone(NEW_YORK).toInstant();
    }
}
