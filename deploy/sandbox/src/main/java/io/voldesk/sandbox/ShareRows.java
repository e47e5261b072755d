package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.quant.Black76;
import io.voldesk.quant.NormalDistribution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Surfaces and quotes of the simulated share options. */
final class ShareRows {
    private final ObjectMapper json;
    private final SimulatedMarket market;
    private final ShareOptions options;
    private final Fills fills;

    ShareRows(ObjectMapper json, SimulatedMarket market) {
        this.json = json;
        this.market = market;
        this.options = new ShareOptions(market);
        this.fills = new Fills(Recordings.json("alpha/executions.json").path("data"), options);
    }

    /** By the hour of the session; now and then a thin hour with price-like vols, as the vendor has them. */
    ArrayNode surface(String share, Instant from, Instant to) {
        ArrayNode rows = json.createArrayNode();
        for (Instant at = SimulatedRows.firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            if (!ShareOptions.inSession(at)) {
                continue;
            }
            LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
            double nonsense = Noise.uniform("thin" + share, at.getEpochSecond()) < 0.03 ? 250 : 0;
            var now = market.moment(share, at);
            for (LocalDate expiry : ShareOptions.expiries(day)) {
                double days = ShareOptions.volDays(at, expiry);
                Smile smile = now.smile(expiry.atStartOfDay(ZoneOffset.UTC).toInstant(), days);
                rows.add(deltas(smile, nonsense)
                        .put("currency", share)
                        .put("daysToExpiration", Decimals.round(ShareOptions.daysToMidnight(at, expiry), 2))
                        .put("exchange", "tradfi")
                        .put("expirationTimestamp", expiry + "T00:00:00.000Z")
                        .put("indexPrice", now.spot())
                        .put("multiplier", 100)
                        .putNull("openInterest")
                        .put("timestamp", at.toString())
                        .put("underlyingRate", Decimals.round(SimulatedMarket.Moment.rate(days), 5)));
            }
        }
        return rows;
    }

    /** Vols in percent by forward delta. */
    private ObjectNode deltas(Smile smile, double nonsense) {
        ObjectNode row = json.createObjectNode();
        row.put("atm", Decimals.round(100 * smile.vol(0) + nonsense, 2));
        for (int delta = 5; delta <= 45; delta += 5) {
            String name = String.format(Locale.ROOT, "%02d", delta);
            row.put("deltaCall" + name, volAtCallDelta(smile, delta / 100.0) + nonsense);
            row.put("deltaPut" + name, volAtCallDelta(smile, 1 - delta / 100.0) + nonsense);
        }
        return row;
    }

    private static double volAtCallDelta(Smile smile, double delta) {
        return Decimals.round(100 * smile.vol(smile.strikeOfCallDelta(NormalDistribution.quantile(delta))), 2);
    }

    /**
     * One row a minute for one listed contract during the session. By contract and hour some are missing, without bid,
     * crossed, wide, or carried forward from an older observation.
     */
    ArrayNode quotes(String share, Instant from, Instant to, Map<String, String> query) {
        ArrayNode rows = json.createArrayNode();
        if (!query.containsKey("expiration") || !query.containsKey("strike") || !query.containsKey("putCall")) {
            return rows;
        }
        LocalDate expiry = LocalDate.parse(query.get("expiration").substring(0, 10));
        double strike = Double.parseDouble(query.get("strike"));
        boolean call = query.get("putCall").equals("C");
        String name = share + "-" + CoinRows.PADDED_DATE.format(expiry).toUpperCase(Locale.ROOT) + "-"
                + CoinRows.plain(strike) + "-" + query.get("putCall");
        Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
        if (minute.isBefore(from)) {
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        for (; !minute.isAfter(to) && rows.size() < 60; minute = minute.plus(1, ChronoUnit.MINUTES)) {
            Instant observed = minute.plusSeconds((long) (50 * Noise.uniform("lag" + name, minute.getEpochSecond())));
            if (!ShareOptions.inSession(minute) || !observed.isBefore(ShareOptions.close(expiry))) {
                continue;
            }
            double fate = Noise.uniform("fate" + name, minute.getEpochSecond() / 3600);
            if (fate >= 0.04) {
                rows.add(quote(share, name, strike, call, expiry, minute, observed, fate));
            }
        }
        return rows;
    }

    private ObjectNode quote(
            String share,
            String name,
            double strike,
            boolean call,
            LocalDate expiry,
            Instant minute,
            Instant observed,
            double fate) {
        var model = options.value(share, expiry, strike, call, observed);
        var tied = model.at(Math.max(0.05, model.vol() + fills.shift(share, expiry, strike, call, observed)));
        double fair = tied.price();
        double vol = tied.vol();
        double half = Fills.halfSpread(fair);
        double bid = Math.max(0, Math.floor((fair - half) * 100) / 100);
        double ask = Math.ceil((fair + half) * 100) / 100;
        boolean carried = fate >= 0.14 && fate < 0.17;
        if (fate >= 0.07 && fate < 0.09) {
            double swap = bid;
            bid = ask;
            ask = swap;
        } else if (fate >= 0.09 && fate < 0.12) {
            bid = Math.floor(bid * 50) / 100;
            ask = Math.ceil(ask * 160) / 100;
        }
        boolean noBid = bid <= 0 || (fate >= 0.04 && fate < 0.07);
        double gamma = Black76.gamma(tied.forward(), strike, tied.days() / 365, vol);
        return json.createObjectNode()
                .put("ask", ask)
                .put("askIv", Decimals.round(100 * vol + 1.5, 2))
                .putNull("askVolume")
                .put("bid", noBid ? null : (Double) bid)
                .put("bidIv", noBid ? null : (Double) Decimals.round(100 * vol - 1.5, 2))
                .putNull("bidVolume")
                .put("currency", share)
                .put("delta", Decimals.round(tied.delta(), 5))
                .put("exchange", "tradfi")
                .put("exchangeTimestamp", (carried ? observed.minus(Duration.ofMinutes(70)) : observed).toString())
                .put("expirationTimestamp", expiry + "T00:00:00.000Z")
                .put("gamma", Decimals.round(gamma, 5))
                .put("instrument", name)
                .put("instrumentNormalized", "TRADFI-" + name)
                .put("isAtm", Math.abs(strike / tied.spot() - 1) < 0.02)
                .put("isCarryForward", carried)
                .put("isExchangeProvidedGreeks", true)
                .put("markIv", Decimals.round(100 * vol, 2))
                .put("markPrice", Decimals.round(fair, 5))
                .put("multiplier", 100)
                .putNull("openInterest")
                .putNull("openInterestUSD")
                .put("putCall", call ? "C" : "P")
                .put("strike", strike)
                .put("timestamp", minute.toString())
                .put("underlyingPrice", tied.spot())
                .put("underlyingRate", Decimals.round(tied.rate(), 5))
                .putNull("volume")
                .putNull("volumeUSD");
    }

    Fills fills() {
        return fills;
    }
}
