package io.voldesk.snapshot.probability;

import io.voldesk.quant.Black76;
import io.voldesk.quant.SviFit;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceSlice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is fitted: the quoted vols of one moment by expiry, from a chain's marks or from the vendor's delta points.
 *
 * @param fitSource {@code chain} or {@code delta_surface}
 * @param spot USD, null where the source gives none
 * @param timestampsInHour distinct source timestamps within the hour; more than one is a mixed surface
 */
record Quotes(String fitSource, Instant at, Double spot, int timestampsInHour, List<Expiry> expiries) {
    /** Further out than a delta of this a mark vol is the exchange's own extrapolation. */
    private static final double LEAST_DELTA = 0.01;

    /**
     * @param weights {@code vega_over_spread}, or {@code equal} where there are no spreads to weigh by
     * @param points by k
     */
    record Expiry(Instant expiration, double years, double forward, String weights, List<SviFit.Point> points) {
        double lowK() {
            return points.getFirst().k();
        }

        double highK() {
            return points.getLast().k();
        }

        boolean bothWings() {
            return lowK() < 0 && highK() > 0;
        }

        SviFit fit() {
            return SviFit.fit(points, years, forward);
        }
    }

    static Quotes of(Surface surface) {
        return new Quotes(
                "delta_surface",
                surface.timestamp(),
                surface.indexPrice(),
                surface.timestampsInHour(),
                surface.slices().stream().map(Quotes::expiry).toList());
    }

    private static Expiry expiry(SurfaceSlice slice) {
        return new Expiry(
                slice.expiration(),
                slice.years(),
                slice.forward(),
                "equal",
                slice.points().stream()
                        .map(p -> new SviFit.Point(p.k(), p.vol(), 1))
                        .toList());
    }

    static Quotes of(OptionChain chain) {
        return new Quotes(
                "chain",
                chain.at(),
                chain.spot(),
                1,
                chain.quotes().stream()
                        .filter(q -> q.outOfTheMoney() && Math.min(q.callDelta(), 1 - q.callDelta()) >= LEAST_DELTA)
                        .collect(
                                Collectors.groupingBy(OptionChain.Quote::expiration, TreeMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(Quotes::expiry)
                        .toList());
    }

    /**
     * An error in vol counts by what it is worth against the spread that hides it. A quote without two sides hides it best, and counts as
     * the least of those that have them; where most have none, all count alike.
     */
    private static Expiry expiry(List<OptionChain.Quote> quotes) {
        double[] known = quotes.stream()
                .filter(OptionChain.Quote::twoSided)
                .mapToDouble(Quotes::weight)
                .sorted()
                .toArray();
        boolean weighed = 2 * known.length >= quotes.size() && known.length > 0;
        double median = weighed ? known[known.length / 2] : 1;
        OptionChain.Quote first = quotes.getFirst();
        return new Expiry(
                first.expiration(),
                first.years(),
                first.forward(),
                weighed ? "vega_over_spread" : "equal",
                quotes.stream()
                        .map(q -> new SviFit.Point(
                                q.k(), q.vol(), !weighed ? 1 : (q.twoSided() ? weight(q) : known[0]) / median))
                        .sorted(Comparator.comparingDouble(SviFit.Point::k))
                        .toList());
    }

    private static double weight(OptionChain.Quote quote) {
        double vega = Black76.vega(quote.forward(), quote.strike(), quote.years(), quote.vol());
        return vega / quote.usd(quote.ask() - quote.bid());
    }

    /** The two neighbours of a maturity, the same one twice on an exact hit; null outside the listed range. */
    Expiry[] around(Instant horizon) {
        Expiry near = null;
        for (Expiry expiry : expiries) {
            if (expiry.expiration().isAfter(horizon)) {
                return near == null
                        ? null
                        : near.expiration().equals(horizon) ? new Expiry[] {near, near} : new Expiry[] {near, expiry};
            }
            near = expiry;
        }
        return near != null && near.expiration().equals(horizon) ? new Expiry[] {near, near} : null;
    }
}
