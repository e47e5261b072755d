package io.voldesk.alert.rule;

import static io.voldesk.alert.rule.Given.NOW;
import static io.voldesk.alert.rule.Given.found;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.voldesk.model.Figure;
import io.voldesk.model.MarketFigures.Threshold;
import io.voldesk.model.MarketFigures.Thresholds;
import io.voldesk.model.QualityState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on extremes: what they read, whether the signal fires already, and what the table finds. */
class ExtremeRulesTest {
    private static final String RANKS = """
            0.96, ok, , , 'firing info high, resolved low'
            0.95, ok, , , 'firing info high, resolved low'
            0.92, ok, , , 'resolved high, resolved low'
            0.92, ok, , high, 'firing info high, resolved low'
            0.89, ok, , high, 'resolved high, resolved low'
            0.02, ok, , , 'resolved high, firing info low'
            0.08, ok, , low, 'resolved high, firing info low'
            0.12, ok, , low, 'resolved high, resolved low'
            0.96, degraded, coverage_below_80_percent, high, no data HISTORY coverage_below_80_percent
                , unavailable, fewer_than_30_independent_observations, , no data HISTORY fewer_than_30_independent_observations
                , ok, , , no data HISTORY no_rank
            """;

    @ParameterizedTest
    @CsvSource(textBlock = RANKS)
    void riskReversalExtreme(Double rank, String state, String reason, String firing, String found) {
        assertEquals(
                found.replace("HISTORY", "risk_reversal_25_history"),
                found(
                        ExtremeRules.riskReversal(of("risk_reversal_25", Given.ok(0.05), rank, state, reason), NOW),
                        Kind.RISK_REVERSAL_EXTREME,
                        "BTC",
                        firing));
    }

    @ParameterizedTest
    @CsvSource(textBlock = RANKS)
    void gexExtreme(Double rank, String state, String reason, String firing, String found) {
        assertEquals(
                found.replace("HISTORY", "net_gex_history"),
                found(
                        ExtremeRules.netGex(of("net_gex", Given.ok(1e6), rank, state, reason), NOW),
                        Kind.GEX_EXTREME,
                        "BTC",
                        firing));
    }

    @Test
    void aStaleFigureIsNoExtreme() {
        assertEquals(
                "no data risk_reversal_25 older_than_36_hours",
                found(
                        ExtremeRules.riskReversal(of("risk_reversal_25", Given.stale(), null, "ok", null), NOW),
                        Kind.RISK_REVERSAL_EXTREME,
                        "BTC",
                        null));
        assertEquals(
                "no data net_gex no_snapshot_history",
                found(
                        ExtremeRules.netGex(of("net_gex", Given.missing(), null, "missing", "none"), NOW),
                        Kind.GEX_EXTREME,
                        "BTC",
                        "high"));
    }

    /** A metric under another name is not one without news. */
    @Test
    void aMetricThatIsNotServedHasNoData() {
        assertEquals(
                "no data net_gex not_served",
                found(
                        ExtremeRules.netGex(of("gex_net", Given.ok(1), 0.99, "ok", null), NOW),
                        Kind.GEX_EXTREME,
                        "BTC",
                        null));
    }

    @Test
    void theTextHasTheFigureInItsUnit() {
        assertEquals(
                "BTC: net GEX at the 96th percentile of 90 days (1,234,568 USD per 1 %)",
                Given.firing(ExtremeRules.netGex(of("net_gex", Given.ok(1_234_567.8), 0.96, "ok", null), NOW)
                                .getFirst())
                        .text());
        assertEquals(
                "BTC: 25-delta risk reversal at the 97th percentile of 90 days (5.2 %)",
                Given.firing(ExtremeRules.riskReversal(of("risk_reversal_25", Given.ok(0.052), 0.97, "ok", null), NOW)
                                .getFirst())
                        .text());
    }

    private static Thresholds of(String metric, Figure now, Double rank, String state, String reason) {
        return new Thresholds(
                "BTC",
                List.of(
                        new Threshold("dvol", Given.ok(0.5), 0.5, QualityState.OK, null),
                        new Threshold(metric, now, rank, QualityState.of(state), reason)));
    }
}
