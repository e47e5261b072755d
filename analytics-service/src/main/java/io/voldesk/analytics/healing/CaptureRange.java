package io.voldesk.analytics.healing;

import io.voldesk.analytics.market.Captures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Executions of an underlying in [from, to): those whose context a captured date bears upon. */
record CaptureRange(String underlying, Instant from, Instant to) {
    /** Of what a market state is put together. */
    private static final Set<String> TYPES = Set.of("spot", "gex", "iv_surface", "vol_metrics");
    /** A state may lie two days after a trade, and counts among the ninety days that later ones look back on, itself the last. */
    private static final int DAYS_BEFORE = 2;

    private static final int DAYS_AFTER = 92;

    /**
     * One range for dates that run on, however many there are.
     *
     * @param proxies the currency that stands for an underlying
     */
    static List<CaptureRange> of(List<Captures.Item> captured, Map<String, String> proxies) {
        List<CaptureRange> ranges = new ArrayList<>();
        proxies.forEach((underlying, currency) -> {
            TreeSet<LocalDate> dates = new TreeSet<>();
            captured.stream()
                    .filter(item -> item.currency().equals(currency) && TYPES.contains(item.snapshotType()))
                    .forEach(item -> dates.add(item.date()));
            LocalDate from = null;
            LocalDate to = null;
            for (LocalDate date : dates) {
                if (to != null && !date.minusDays(DAYS_BEFORE).isAfter(to)) {
                    to = date.plusDays(DAYS_AFTER);
                    continue;
                }
                if (to != null) {
                    ranges.add(range(underlying, from, to));
                }
                from = date.minusDays(DAYS_BEFORE);
                to = date.plusDays(DAYS_AFTER);
            }
            if (to != null) {
                ranges.add(range(underlying, from, to));
            }
        });
        return ranges;
    }

    private static CaptureRange range(String underlying, LocalDate from, LocalDate to) {
        return new CaptureRange(
                underlying,
                from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                to.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
