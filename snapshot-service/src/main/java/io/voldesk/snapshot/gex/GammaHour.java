package io.voldesk.snapshot.gex;

import io.voldesk.model.QualityState;
import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.surface.Surface;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        return new GammaPricing(rows, chain, surface).hour();
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
