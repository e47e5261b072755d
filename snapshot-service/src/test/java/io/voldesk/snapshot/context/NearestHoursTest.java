package io.voldesk.snapshot.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NearestHoursTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

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
        var walk = new NearestHours(instants);
        hours.forEach(walk::hour);
        walk.end();
        return walk;
    }

    @Test
    void ofTwoEquallyNearHoursTheEarlierIsTakenAndNoneBeyondTwoDays() {
        List<Hour> hours = List.of(hour(0, null, null, null), hour(1, null, null, null));
        List<Instant> instants = List.of(
                START.minus(Duration.ofDays(2)).minusSeconds(1),
                START.minus(Duration.ofDays(2)),
                START,
                START.plusSeconds(1_800),
                START.plusSeconds(1_801),
                START.plusSeconds(3_600),
                START.plusSeconds(3_600).plus(Duration.ofDays(2)),
                START.plusSeconds(3_601).plus(Duration.ofDays(2)));
        var walk = walk(hours, instants);
        assertArrayEquals(new int[] {-1, 0, 0, 0, 1, 1, 1, -1}, walk.nearest());
        assertEquals(
                List.of(90_000.0, 90_001.0),
                walk.states().stream().map(MarketState::spot).toList());
    }

    @Test
    void withoutHoursNothingIsNear() {
        assertArrayEquals(new int[] {-1}, walk(List.of(), List.of(START)).nearest());
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
            Hour nearest = nearest(hours, instants.get(i));
            if (nearest == null) {
                assertEquals(-1, walk.nearest()[i]);
                continue;
            }
            MarketState state = walk.states().get(walk.nearest()[i]);
            assertEquals(nearest.at(), state.at());
            double[] vrps = trailing(hours, nearest, Hour::vrp);
            double[] ivs = trailing(hours, nearest, Hour::atm30);
            double[] skews = trailing(hours, nearest, Hour::riskReversal25);
            if (vrps.length < 30) {
                assertNull(state.vrpSpread());
            } else {
                assertEquals(Stats.deviation(vrps), state.vrpSpread(), 1e-12);
            }
            if (ivs.length < 30 || nearest.atm30() == null) {
                assertNull(state.ivRank());
            } else {
                double least = Arrays.stream(ivs).min().orElseThrow();
                double most = Arrays.stream(ivs).max().orElseThrow();
                assertEquals((nearest.atm30() - least) / (most - least), state.ivRank());
            }
            if (skews.length < 30 || nearest.riskReversal25() == null) {
                assertNull(state.skewRank());
            } else {
                assertEquals(Stats.rank(skews, nearest.riskReversal25()), state.skewRank(), 1e-15);
                ranked++;
            }
        }
        assertTrue(ranked > 1_000);
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

    private static Hour nearest(List<Hour> hours, Instant instant) {
        Hour best = null;
        for (Hour hour : hours) {
            Duration off = Duration.between(hour.at(), instant).abs();
            if (off.compareTo(Duration.ofDays(2)) <= 0
                    && (best == null
                            || off.compareTo(
                                            Duration.between(best.at(), instant).abs())
                                    < 0)) {
                best = hour;
            }
        }
        return best;
    }

    private static double[] trailing(List<Hour> hours, Hour upto, Function<Hour, Double> value) {
        return hours.stream()
                .filter(h ->
                        !h.at().isAfter(upto.at()) && h.at().isAfter(upto.at().minus(Duration.ofDays(90))))
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
