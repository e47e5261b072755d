package io.voldesk.analytics.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.model.MarketContextLookup.Ranked;
import io.voldesk.model.SourceAuthority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code market_context}; what its values mean says {@link MarketState}. All of them are null where no state was met.
 *
 * @param lagSeconds negative where the state lies before the trade
 * @param afterTrade it lies after it
 */
@RegisterForReflection // its components are the columns
public record MarketContextRow(
        String sourceTradeId,
        String contextKey,
        int forVersion,
        String state,
        @Nullable String reason,
        @Nullable String currency,
        String mappingQuality,
        String authority,
        @Nullable Instant marketAt,
        Long lagSeconds,
        Boolean afterTrade,
        Double spot,
        @JsonProperty("atm_iv_7") Double atmIv7,
        @JsonProperty("atm_iv_30") Double atmIv30,
        @JsonProperty("rv_7") Double rv7,
        @JsonProperty("rv_30") Double rv30,
        Double vrp,
        Double variancePremium,
        @JsonProperty("risk_reversal_25") Double riskReversal25,
        @JsonProperty("butterfly_25") Double butterfly25,
        Double dvol,
        Double netGex,
        @Nullable String regime,
        Double flipDistance,
        Double dvolRank,
        Integer dvolRankHours,
        Integer dvolRankDays,
        Double vrpRank,
        Integer vrpRankHours,
        Integer vrpRankDays,
        Double ivRank,
        Integer ivRankHours,
        Integer ivRankDays,
        Double skewRank,
        Integer skewRankHours,
        Integer skewRankDays)
        implements EnrichedRow {
    static final String KEY = "trade_time";

    private static final String PROXY_MAPPED = "proxy_mapped";
    private static final MarketState NO_STATE = new MarketState(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    static MarketContextRow of(ExecutionRow execution, TradeTimeContext context) {
        return switch (context) {
            case TradeTimeContext.Found found ->
                of(
                        execution,
                        found.state(),
                        found.reason(),
                        found.currency(),
                        found.state().equals("ok") ? SourceAuthority.APPROVED_PROXY : SourceAuthority.STALE_SOURCE,
                        found,
                        found.market());
            case TradeTimeContext.None none ->
                of(
                        execution,
                        none.state(),
                        none.reason(),
                        none.currency(),
                        SourceAuthority.UNAVAILABLE,
                        null,
                        NO_STATE);
        };
    }

    /** @param found null where no state was met */
    private static MarketContextRow of(
            ExecutionRow execution,
            String state,
            String reason,
            String currency,
            SourceAuthority authority,
            TradeTimeContext.Found found,
            MarketState market) {
        return new MarketContextRow(
                execution.sourceTradeId(),
                KEY,
                execution.version(),
                state,
                reason,
                currency,
                currency == null ? "unmapped" : PROXY_MAPPED,
                authority.code(),
                market.at(),
                found == null ? null : (Long) found.lagSeconds(),
                found == null ? null : (Boolean) found.afterTrade(),
                market.spot(),
                market.atmIv7(),
                market.atmIv30(),
                market.rv7(),
                market.rv30(),
                market.vrp(),
                market.variancePremium(),
                market.riskReversal25(),
                market.butterfly25(),
                market.dvol(),
                market.netGex(),
                market.regime(),
                market.flipDistance(),
                rank(market.dvolRank()),
                hours(market.dvolRank()),
                days(market.dvolRank()),
                rank(market.vrpRank()),
                hours(market.vrpRank()),
                days(market.vrpRank()),
                rank(market.ivRank()),
                hours(market.ivRank()),
                days(market.ivRank()),
                rank(market.skewRank()),
                hours(market.skewRank()),
                days(market.skewRank()));
    }

    private static Double rank(Ranked ranked) {
        return ranked == null ? null : ranked.rank();
    }

    private static Integer hours(Ranked ranked) {
        return ranked == null ? null : (Integer) ranked.hours();
    }

    private static Integer days(Ranked ranked) {
        return ranked == null ? null : (Integer) ranked.days();
    }
}
