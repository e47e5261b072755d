package io.voldesk.analytics.performance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which inputs of a valuation are not there, and why; what needs them stays blank. Not thread-safe. */
final class MissingInputs {
    /** Alpha sends neither realised P&L nor the lifecycle it could be computed from. */
    static final String REALIZED_PNL = "realized_pnl";

    /**
     * @param input {@code execution_quote, spot_at_trade, traded_iv, fees, forward_mark} or {@code realized_pnl}
     * @param horizonDays of a forward mark, else null
     */
    record Input(
            String input,
            Integer horizonDays,
            @Nullable String state,
            @Nullable String reason) {}

    record Counted(
            String input,
            Integer horizonDays,
            @Nullable String state,
            @Nullable String reason,
            long executions) {}

    private final Map<Input, Long> counts = new HashMap<>();

    void add(Input input, long executions) {
        counts.merge(input, executions, Long::sum);
    }

    List<Counted> counted() {
        List<Counted> list = new ArrayList<>();
        counts.forEach((of, n) -> list.add(new Counted(of.input(), of.horizonDays(), of.state(), of.reason(), n)));
        list.sort(Comparator.comparing(Counted::input)
                .thenComparing(Counted::horizonDays, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Comparator.comparing(Counted::executions).reversed())
                .thenComparing(Counted::state)
                .thenComparing(Counted::reason, Comparator.nullsFirst(Comparator.naturalOrder())));
        return list;
    }

    /**
     * What the valuation of an execution at its own time lacks.
     *
     * @param state of its benchmark, and {@code reason}
     */
    static List<Input> atTrade(
            boolean feesKnown,
            String state,
            String reason,
            boolean underlyingPriceKnown,
            boolean tradedIvKnown,
            String volReason) {
        List<Input> missing = new ArrayList<>();
        if (!state.equals("ok") && !state.equals("implausible_fill")) {
            missing.add(new Input("execution_quote", null, state, reason));
        }
        if (!underlyingPriceKnown) {
            missing.add(new Input("spot_at_trade", null, "unavailable", reason == null ? volReason : reason));
        }
        if (!tradedIvKnown) {
            missing.add(new Input("traded_iv", null, "unavailable", volReason == null ? reason : volReason));
        }
        if (!feesKnown) {
            missing.add(new Input("fees", null, "unavailable", "not_sent_by_alpha"));
        }
        missing.add(new Input(REALIZED_PNL, null, "unavailable", "not_sent_by_alpha"));
        return missing;
    }
}
