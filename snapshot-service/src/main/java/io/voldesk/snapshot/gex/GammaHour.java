package io.voldesk.snapshot.gex;

import io.voldesk.model.AgeRule;
import io.voldesk.model.QualityState;
import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Dealer gamma of one hour, in USD per 1 % move: Σ total inventory × Γ × S² × 0.01, Γ by Black-76 with carry to the power one. Every
 * route that shows gamma shows this. Its inputs are of one moment: the mark vols and forwards of the chain of the same hour, for what
 * that lacks the surface at most an hour older, else the instrument is left out.
 *
 * @param spot USD, the index price of the vendor's rows
 * @param net null with {@code flipReason} where nothing could be priced; {@code call} and {@code put} its parts
 * @param vendorNet Σ gammaLevel × index² × 0.01, the vendor's own; null where it gives no gamma level
 * @param roundingBand standard deviation that the rounding of the vendor's Γ to five decimals gives its sum
 * @param flips where the total changes its sign within ±30 % of spot, ascending
 * @param flipReason why there is no flip, else null
 * @param regime {@code near_flip}, {@code undetermined}, {@code positive} or {@code negative}; null where nothing was priced
 * @param profile null likewise
 */
record GammaHour(
        Instant at,
        double spot,
        Double net,
        Double call,
        Double put,
        Double vendorNet,
        double roundingBand,
        List<Double> flips,
        Double nearestFlip,
        String flipReason,
        String regime,
        DailySigma sigma,
        Counts counts,
        GammaProfile profile,
        List<GammaProfile.Position> positions,
        long rawId) {

    static final int GRID_STEPS = 120;
    static final String CONVENTION =
            "dealers' total inventory as the vendor signs it, or open interest (calls long, puts short) where it has none; gamma by "
                    + "Black-76 on the forward, carry to the power one, vols held by strike";

    private static final int GAMMA_DECIMALS = 5;
    private static final Duration ONE_MOMENT = Duration.ofHours(1);

    /**
     * The yardstick of distances: at-the-money vol of the nearest expiry at least a day away, over a day.
     *
     * @param value a fraction of spot; null with its reason
     */
    record DailySigma(Double value, Instant asOf, Long ageSeconds, String reason) {}

    /**
     * How many instruments were priced, and how.
     *
     * @param byOpenInterest those of them whose inventory is missing
     */
    record Counts(int byMarkVol, int bySurfaceVol, int byOpenInterest, Map<String, Integer> leftOut) {
        int priced() {
            return byMarkVol + bySurfaceVol;
        }

        int left() {
            return leftOut.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Degraded where an instrument that is alive was left out; missing where nothing was priced. */
    QualityState quality() {
        if (net == null) {
            return QualityState.MISSING;
        }
        return counts.leftOut().keySet().stream().allMatch("expired"::equals) ? QualityState.OK : QualityState.DEGRADED;
    }

    /** Why the quality is not ok; null where it is. */
    String qualityReason() {
        return switch (quality()) {
            case OK -> null;
            case MISSING -> flipReason;
            default -> "instruments_left_out";
        };
    }

    List<GammaProfile.Level> byStrike() {
        return GammaProfile.byStrike(positions, spot);
    }

    /**
     * @param rows of one source timestamp, at least one
     * @param chain null where none is at hand
     * @param surface the latest at or before the hour; null where there is none
     */
    static GammaHour of(List<DealerRow> rows, HourChain chain, Surface surface) {
        return new Pricing(rows, chain, surface).hour();
    }

    /** Puts an hour together row by row. */
    private static final class Pricing {
        private final List<DealerRow> rows;
        private final Instant at;
        private final double spot;
        private final HourChain chain;
        private final Surface surface;
        private final Map<Instant, SurfaceSlice> slices;
        private final List<GammaProfile.Position> positions = new ArrayList<>();
        private final List<GammaProfile.Position> held = new ArrayList<>();
        private final Map<String, Integer> leftOut = new TreeMap<>();
        private double call;
        private double put;
        private int byMark;
        private int bySurface;
        private int byOpenInterest;

        private Pricing(List<DealerRow> rows, HourChain chain, Surface surface) {
            this.rows = rows;
            this.at = rows.getFirst().at();
            this.spot = rows.getFirst().indexPrice();
            this.chain = chain != null && chain.sameHour(at) ? chain : null;
            this.surface = surface;
            this.slices = ofTheMoment()
                    ? surface.slices().stream().collect(Collectors.toMap(SurfaceSlice::expiration, s -> s, (a, b) -> a))
                    : Map.of();
        }

        private boolean ofTheMoment() {
            return surface != null
                    && !surface.timestamp().isAfter(at)
                    && Duration.between(surface.timestamp(), at).compareTo(ONE_MOMENT) <= 0;
        }

        private GammaHour hour() {
            rows.forEach(this::price);
            DailySigma sigma = sigma();
            double band = GammaProfile.roundingDeviation(held, spot, GAMMA_DECIMALS);
            Counts counts = new Counts(byMark, bySurface, byOpenInterest, leftOut);
            long rawId = rows.getFirst().rawId();
            if (positions.isEmpty()) {
                return new GammaHour(
                        at,
                        spot,
                        null,
                        null,
                        null,
                        vendorNet(),
                        band,
                        List.of(),
                        null,
                        nothingPriced(),
                        null,
                        sigma,
                        counts,
                        null,
                        List.of(),
                        rawId);
            }
            GammaProfile profile = GammaProfile.of(positions, spot, GRID_STEPS);
            Double flip = profile.nearestFlip(spot);
            double net = GammaProfile.total(positions, spot);
            return new GammaHour(
                    at,
                    spot,
                    net,
                    call,
                    put,
                    vendorNet(),
                    band,
                    profile.flips(),
                    flip,
                    flip == null ? "no_sign_change_within_30_percent" : null,
                    regime(net, band, spot, profile.flips(), sigma.value()),
                    sigma,
                    counts,
                    profile,
                    List.copyOf(positions),
                    rawId);
        }

        private void price(DealerRow row) {
            Contract contract = row.contract();
            if (contract == null) {
                leaveOut("contract_not_told");
                return;
            }
            double years = Duration.between(at, contract.expiration()).toSeconds() / (365.0 * 86_400);
            if (years <= 0) {
                leaveOut("expired");
                return;
            }
            HourChain.Quote quote = chain == null ? null : chain.quotes().get(contract);
            Double openInterest = quote == null ? null : quote.openInterest();
            if (row.totalInventory() == null && openInterest == null) {
                leaveOut("no_inventory");
                return;
            }
            boolean marked = quote != null && quote.priced();
            SurfaceSlice slice = slices.get(contract.expiration());
            if (!marked && slice == null) {
                leaveOut(slices.isEmpty() ? (surface == null ? "no_vol" : "inputs_apart") : "expiry_not_on_surface");
                return;
            }
            double forward = marked ? quote.forward() : slice.forward();
            double vol = marked ? quote.markVol() : slice.volAt(Math.log(contract.strike() / forward));
            boolean given = row.totalInventory() != null;
            double inventory = given ? row.totalInventory() : contract.call() ? openInterest : -openInterest;
            var position = new GammaProfile.Position(contract.strike(), years, vol, inventory, forward / spot);
            positions.add(position);
            if (given) {
                held.add(position);
            } else {
                byOpenInterest++;
            }
            if (marked) {
                byMark++;
            } else {
                bySurface++;
            }
            if (contract.call()) {
                call += position.gex(spot);
            } else {
                put += position.gex(spot);
            }
        }

        private void leaveOut(String reason) {
            leftOut.merge(reason, 1, Integer::sum);
        }

        private String nothingPriced() {
            if (surface == null) {
                return chain == null ? "no_chain_or_surface_of_the_hour" : "nothing_of_the_chain_priced";
            }
            return ofTheMoment()
                    ? "nothing_of_the_surface_priced"
                    : "inputs_apart: inventories of " + at + ", surface of " + surface.timestamp();
        }

        private Double vendorNet() {
            List<Double> parts = rows.stream()
                    .filter(row -> row.gammaLevel() != null)
                    .map(row -> row.gammaLevel() * row.indexPrice() * row.indexPrice() * 0.01)
                    .toList();
            return parts.isEmpty()
                    ? null
                    : (Double) parts.stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Of the hour where it can be had; a yardstick may be older than what it measures, and says how old. */
        private DailySigma sigma() {
            Double vol = ofTheMoment() ? atTheMoney(surface) : null;
            Instant asOf = vol == null ? null : surface.timestamp();
            if (vol == null && chain != null) {
                vol = chain.atTheMoney();
                asOf = vol == null ? null : chain.at();
            }
            if (vol == null && surface != null && !surface.timestamp().isAfter(at)) {
                AgeRule.Age age = AgeRule.SNAPSHOT.of(surface.timestamp(), at, null);
                vol = age.shown() ? atTheMoney(surface) : null;
                if (vol == null) {
                    return new DailySigma(
                            null,
                            surface.timestamp(),
                            age.seconds(),
                            age.shown() ? "surface_without_an_expiry_after_a_day" : age.reason());
                }
                asOf = surface.timestamp();
            }
            return vol == null
                    ? new DailySigma(null, null, null, "no_surface_or_chain_stored")
                    : new DailySigma(
                            vol / Math.sqrt(365),
                            asOf,
                            Duration.between(asOf, at).toSeconds(),
                            null);
        }

        private static Double atTheMoney(Surface surface) {
            return surface.slices().stream()
                    .filter(slice -> slice.days() >= 1)
                    .findFirst()
                    .map(slice -> slice.volAt(0))
                    .orElse(null);
        }
    }

    static String regime(double net, double band, double spot, List<Double> flips, Double dailySigma) {
        if (!flips.isEmpty() && dailySigma == null) {
            return "undetermined";
        }
        if (flips.stream().anyMatch(flip -> Math.abs(flip / spot - 1) <= dailySigma)) {
            return "near_flip";
        }
        if (Math.abs(net) <= band) {
            return "undetermined";
        }
        return net > 0 ? "positive" : "negative";
    }
}
