package io.voldesk.snapshot.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.model.MarketContextLookup.Ranked;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NearestHoursTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TOLERANCE = Duration.ofMinutes(90);

    private static Hour hour(int n, Double iv, Double rv, Double skew) {
        return new Hour(
                START.plus(Duration.ofHours(n)),
                90_000.0 + n,
                null,
                iv,
                iv,
                null,
                null,
                rv,
                rv,
                null,
                skew,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static NearestHours walk(List<Hour> hours, List<Instant> instants) {
        var walk = new NearestHours(instants, TOLERANCE);
        hours.forEach(walk::hour);
        walk.end();
        return walk;
    }

    /** Worked by hand: hours at 0:00 and 4:00, tolerance 90 minutes. */
    @Test
    void theLastHourBeforeIsMetAndOneAfterOnlyWhereNoneIsWithinToleranceBefore() {
        List<Hour> hours = List.of(hour(0, null, null, null), hour(4, null, null, null));
        List<Instant> instants = List.of(
                START.minus(Duration.ofDays(2)).minusSeconds(1),
                START.minus(Duration.ofDays(2)),
                START,
                START.plusSeconds(5_400),
                START.plusSeconds(5_401),
                START.plusSeconds(8_999),
                START.plusSeconds(9_000),
                START.plusSeconds(14_400),
                START.plusSeconds(14_400).plus(Duration.ofDays(2)),
                START.plusSeconds(14_401).plus(Duration.ofDays(2)));
        var walk = walk(hours, instants);
        assertArrayEquals(new int[] {-1, 0, 0, 0, 0, 0, 1, 1, 1, -1}, walk.nearest());
        assertEquals(
                List.of(90_000.0, 90_004.0),
                walk.states().stream().map(MarketState::spot).toList());
    }

    @Test
    void anHourThatIsNearerButLaterIsNotMet() {
        var walk =
                walk(List.of(hour(0, null, null, null), hour(1, null, null, null)), List.of(START.plusSeconds(3_599)));
        assertEquals(START, walk.states().get(walk.nearest()[0]).at());
    }

    @Test
    void withoutHoursNothingIsNear() {
        assertArrayEquals(new int[] {-1}, walk(List.of(), List.of(START)).nearest());
    }

    /** Three days of hours and more: under thirty UTC days there is no rank, however many hours they hold. */
    @Test
    void aShortHistoryHasNoRankAndSaysHowShortItIs() {
        List<Hour> hours = new ArrayList<>();
        for (int n = 0; n < 30 * 24; n++) {
            hours.add(hour(n, 0.5 + n / 10_000.0, 0.4, n / 1_000.0));
        }
        Instant before = hours.get(29 * 24 - 1).at();
        Instant after = hours.getLast().at();
        var states = walk(hours, List.of(before, after)).states();
        assertEquals(new Ranked(null, 696, 29), states.get(0).skewRank());
        assertEquals(new Ranked((719 + 0.5) / 720, 720, 30), states.get(1).skewRank());
        assertEquals(new Ranked(1.0, 720, 30), states.get(1).ivRank());
        assertEquals(
                "coverage_below_80_percent", states.get(1).skewRank().sample().reason());
        assertEquals(new Ranked(null, 0, 0), states.get(1).dvolRank(), "an index nobody publishes has no rank");
    }

    @Test
    void whatNeverMovedHasNoRank() {
        List<Hour> hours = new ArrayList<>();
        for (int n = 0; n < 40 * 24; n++) {
            hours.add(hour(n, 0.5, 0.4, 0.0));
        }
        MarketState state = walk(hours, List.of(hours.getLast().at())).states().getFirst();
        assertEquals(new Ranked(null, 960, 40), state.vrpRank());
    }

    /** 200 days with gaps, unknown values, ties and constant stretches, against the definitions taken word by word. */
    @Test
    void theMergeAgreesWithTheDefinitions() {
        Random random = new Random(7);
        List<Hour> hours = new ArrayList<>();
        for (int n = 0; n < 200 * 24; n++) {
            if (n > 1_000 && n < 1_100 || random.nextInt(20) == 0) {
                continue;
            }
            Double iv = random.nextInt(10) == 0
                    ? null
                    : (Double) (Math.round(50 + 20 * Math.sin(n / 300.0) + random.nextGaussian()) / 100.0);
            Double rv = random.nextInt(10) == 0 ? null : (Double) (0.4 + 0.1 * random.nextDouble());
            Double skew = random.nextInt(10) == 0 ? null : (Double) (random.nextInt(41) / 1_000.0 - 0.02);
            hours.add(hour(n, iv, rv, skew));
        }
        List<Instant> instants = random.longs(2_000, -90_000, 200 * 86_400 + 200_000)
                .sorted()
                .mapToObj(START::plusSeconds)
                .toList();
        var walk = walk(hours, instants);
        int ranked = 0;
        for (int i = 0; i < instants.size(); i++) {
            Hour met = met(hours, instants.get(i));
            if (met == null) {
                assertEquals(-1, walk.nearest()[i]);
                continue;
            }
            MarketState state = walk.states().get(walk.nearest()[i]);
            assertEquals(met.at(), state.at());
            assertEquals(met.vrp(), state.vrp());
            assertRank(hours, met, Hour::vrp, state.vrpRank());
            assertRank(hours, met, Hour::riskReversal25, state.skewRank());
            double[] ivs = trailing(hours, met, Hour::atm30);
            if (state.ivRank().rank() != null) {
                double least = Arrays.stream(ivs).min().orElseThrow();
                double most = Arrays.stream(ivs).max().orElseThrow();
                assertEquals(
                        (met.atm30() - least) / (most - least), state.ivRank().rank());
                ranked++;
            }
            assertEquals(ivs.length, state.ivRank().hours());
        }
        assertTrue(ranked > 1_000);
    }

    private static void assertRank(List<Hour> hours, Hour met, Function<Hour, Double> value, Ranked rank) {
        double[] window = trailing(hours, met, value);
        long days = hours.stream()
                .filter(h -> within(h, met) && value.apply(h) != null)
                .map(h -> h.at().truncatedTo(ChronoUnit.DAYS))
                .distinct()
                .count();
        assertEquals(window.length, rank.hours());
        assertEquals(days, rank.days());
        if (days < 30 || value.apply(met) == null) {
            assertNull(rank.rank());
        } else {
            assertEquals(Stats.rank(window, value.apply(met)), rank.rank(), 1e-15);
        }
    }

    @Test
    void aStateIsTheSameToTheLastBitWhereverTheWalkBegan() {
        Random random = new Random(8);
        List<Hour> hours = new ArrayList<>();
        for (int n = 0; n < 150 * 24; n++) {
            hours.add(hour(
                    n, 0.5 + 0.1 * random.nextGaussian(), 0.4 + 0.1 * random.nextGaussian(), random.nextGaussian()));
        }
        List<Instant> last = List.of(hours.getLast().at());
        MarketState whole = walk(hours, last).states().getFirst();
        MarketState late = walk(hours.subList(150 * 24 - 90 * 24 - 5, 150 * 24), last)
                .states()
                .getFirst();
        assertEquals(whole, late);
    }

    /** The last hour at or before within tolerance, else the first after within tolerance, else the same within two days. */
    private static Hour met(List<Hour> hours, Instant instant) {
        Hour before = null;
        Hour after = null;
        for (Hour hour : hours) {
            if (!hour.at().isAfter(instant)) {
                before = hour;
            } else if (after == null) {
                after = hour;
            }
        }
        for (Duration most : List.of(TOLERANCE, Duration.ofDays(2))) {
            for (Hour hour : Arrays.asList(before, after)) {
                if (hour != null && Duration.between(hour.at(), instant).abs().compareTo(most) <= 0) {
                    return hour;
                }
            }
        }
        return null;
    }

    private static boolean within(Hour hour, Hour upto) {
        return !hour.at().isAfter(upto.at()) && hour.at().isAfter(upto.at().minus(Duration.ofDays(90)));
    }

    private static double[] trailing(List<Hour> hours, Hour upto, Function<Hour, Double> value) {
        return hours.stream()
                .filter(h -> within(h, upto))
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
