package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.model.OptionContract;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Ties the simulated quotes of a contract to the fills of the shipped executions: at a fill the contract's vol is the one that
 * puts the mid within a half-spread or so of the fill, and the tie loosens over days to either side. A labelled few fills (see
 * {@link #strange}) are left eight times above the mid, or lie where no vol of the model reaches them.
 */
final class Fills {
    private static final double STRANGE_SHARE = 0.06;
    private static final double STRANGE_TIMES = 8;
    private static final double LOOSENS_DAYS = 5;
    private static final double STRANGE_LOOSENS_DAYS = 1.0 / 48;
    private static final Duration ALONE = Duration.ofHours(3);

    private record Contract(String share, LocalDate expiry, double strike, boolean call) {}

    private record Fill(String tradeId, Contract contract, Instant at, double price, boolean sold) {}

    /** A shift of vol at a time that fades over days. */
    private record Tie(Instant at, double shift, double loosensDays) {
        double at(Instant when) {
            return shift * Math.exp(-Math.abs(SimulatedMarket.days(at, when)) / loosensDays);
        }
    }

    private final Map<Contract, NavigableMap<Instant, Tie>> ties = new HashMap<>();
    private final List<String> strange = new ArrayList<>();

    Fills(JsonNode executions, ShareOptions options) {
        Map<Contract, List<Fill>> byContract = new HashMap<>();
        for (JsonNode row : executions) {
            OptionContract osi = OptionContract.parseOsi(row.path("symbol").asText());
            Contract contract = new Contract(
                    osi.underlying(), osi.expiry(), osi.strike().doubleValue(), osi.right() == OptionContract.Right.C);
            byContract
                    .computeIfAbsent(contract, c -> new ArrayList<>())
                    .add(new Fill(
                            row.path("trade_id").asText(),
                            contract,
                            OffsetDateTime.parse(row.path("executed_at").asText())
                                    .toInstant(),
                            row.path("price").asDouble(),
                            row.path("side").asText().startsWith("sell")));
        }
        byContract.forEach((contract, fills) -> fills.forEach(fill -> tie(fill, fills, options)));
    }

    private void tie(Fill fill, List<Fill> all, ShareOptions options) {
        Contract c = fill.contract();
        var model = options.value(c.share(), c.expiry(), c.strike(), c.call(), fill.at());
        boolean outOfTheMoney = c.call() == c.strike() > model.spot();
        boolean alone = all.stream()
                .allMatch(other -> other == fill
                        || Duration.between(other.at(), fill.at()).abs().compareTo(ALONE) > 0);
        boolean odd = outOfTheMoney && alone && Noise.uniform("strange" + fill.tradeId(), 0) < STRANGE_SHARE;
        // cost in half-spreads: most fills lie between the mid and the side they hit, some are better than mid
        double cost = -0.4 + 1.2 * Noise.uniform("cost" + fill.tradeId(), 0);
        double half = halfSpread(fill.price());
        double mid = odd ? fill.price() / STRANGE_TIMES : fill.price() + (fill.sold() ? cost : -cost) * half;
        double vol = model.impliedVol(mid);
        boolean reached = !Double.isNaN(vol);
        if (reached) {
            ties.computeIfAbsent(c, k -> new TreeMap<>())
                    .put(fill.at(), new Tie(fill.at(), vol - model.vol(), odd ? STRANGE_LOOSENS_DAYS : LOOSENS_DAYS));
        }
        if (odd || !reached) {
            strange.add(fill.tradeId());
        }
    }

    /** Trade ids of the fills that do not sit near their quotes: eight times above the mid, or beyond no-arbitrage bounds. */
    List<String> strange() {
        return strange.stream().sorted().toList();
    }

    /** USD per share, to either side of the fair price. */
    static double halfSpread(double fair) {
        return Math.max(0.03, 0.012 * fair);
    }

    /** To add to the model's vol of a contract; between two fills it goes from the one's to the other's. */
    double shift(String share, LocalDate expiry, double strike, boolean call, Instant at) {
        var tied = ties.get(new Contract(share, expiry, strike, call));
        if (tied == null) {
            return 0;
        }
        var before = tied.floorEntry(at);
        var after = tied.ceilingEntry(at);
        if (before == null) {
            return after.getValue().at(at);
        }
        if (after == null || after.getKey().equals(before.getKey())) {
            return before.getValue().at(at);
        }
        double late = (double) Duration.between(before.getKey(), at).toMillis()
                / Duration.between(before.getKey(), after.getKey()).toMillis();
        return (1 - late) * before.getValue().at(at) + late * after.getValue().at(at);
    }
}
