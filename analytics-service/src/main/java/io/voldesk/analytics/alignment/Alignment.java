package io.voldesk.analytics.alignment;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a trade stood to the opportunity of its hour, derived on read from its persisted context. Components lie in [−1, 1] and
 * speak for premium sold where positive; the score is direction × their mean, direction +1 for premium sold, −1 for bought.
 *
 * @param vrp the variance premium over twice its 90-day spread; null too where it never moved
 * @param ivRank 2·rank − 1
 * @param regime +1 positive gamma, 0 near the flip, −1 negative
 * @param skew 2·percentile of the risk reversal − 1
 * @param score null with its reason where fewer than two components are there
 * @param label {@code aligned} from 0.25, {@code against} to −0.25, else {@code neutral}; {@code unavailable} without a score
 */
public record Alignment(
        Double vrp, Double ivRank, Double regime, Double skew, Double score, String label, String reason) {
    private static final double EDGE = 0.25;

    /** The persisted context it is derived from; null values where the context has none. */
    public record Context(String state, Double vrp, Double vrpSpread, Double ivRank, String regime, Double skewRank) {}

    public static Alignment of(int side, Context context) {
        if (context == null || context.state() == null) {
            return unavailable("no_context");
        }
        if (!context.state().equals("ok")) {
            return unavailable("context_" + context.state());
        }
        Double vrp = context.vrp() == null || context.vrpSpread() == null || context.vrpSpread() == 0
                ? null
                : (Double) Math.clamp(context.vrp() / (2 * context.vrpSpread()), -1, 1);
        Double ivRank = context.ivRank() == null ? null : (Double) (2 * context.ivRank() - 1);
        Double skew = context.skewRank() == null ? null : (Double) (2 * context.skewRank() - 1);
        Double regime = switch (context.regime()) {
            case "positive" -> 1.0;
            case "near_flip" -> 0.0;
            case "negative" -> -1.0;
            case null, default -> null;
        };
        List<Double> present =
                Stream.of(vrp, ivRank, regime, skew).filter(Objects::nonNull).toList();
        if (present.size() < 2) {
            return new Alignment(vrp, ivRank, regime, skew, null, "unavailable", "fewer_than_two_components");
        }
        double score = -side
                * present.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        String label = score >= EDGE ? "aligned" : score <= -EDGE ? "against" : "neutral";
        return new Alignment(vrp, ivRank, regime, skew, score, label, null);
    }

    private static Alignment unavailable(String reason) {
        return new Alignment(null, null, null, null, null, "unavailable", reason);
    }
}
