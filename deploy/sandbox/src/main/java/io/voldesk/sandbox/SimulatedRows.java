package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.quant.Black76;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** The simulated market in the shape of each endpoint's rows, field for field as the recordings have them. */
final class SimulatedRows {
    private static final DateTimeFormatter DERIBIT_DATE = DateTimeFormatter.ofPattern("dMMMuu", Locale.ENGLISH);
    private static final DateTimeFormatter PADDED_DATE = DateTimeFormatter.ofPattern("ddMMMuu", Locale.ENGLISH);

    private final ObjectMapper json;
    private final SimulatedMarket market;

    SimulatedRows(ObjectMapper json, SimulatedMarket market) {
        this.json = json;
        this.market = market;
    }

    /** Rows in [from, to], or null for an endpoint the sandbox has not. */
    ArrayNode of(String endpoint, String currency, Instant from, Instant to, Map<String, String> query) {
        boolean coin = market.isCoin(currency);
        return switch (endpoint) {
            case "realized-volatility/implied-vs-realized" -> coin ? impliedVsRealized(currency, from, to) : empty();
            case "trades-flow/gamma-exposures-snapshots" -> coin ? gammaExposures(currency, from, to) : empty();
            case "volatility/delta-surfaces/floating" -> coin ? surface(currency, from, to) : empty();
            case "volatility/delta-surfaces/floating/tradfi" -> coin ? empty() : shareSurface(currency, from, to);
            case "volatility/index" -> coin && !currency.equals("SOL") ? dvol(currency, from, to) : empty();
            case "volatility/level-1-quotes" -> coin ? chain(currency, from, query) : empty();
            case "volatility/level-1-quotes-instrument/tradfi", "volatility/level-1-quotes/tradfi" ->
                coin ? empty() : shareQuotes(currency, from, to, query);
            default -> null;
        };
    }

    private ArrayNode empty() {
        return json.createArrayNode();
    }

    private static Instant firstHour(Instant from) {
        Instant hour = from.truncatedTo(ChronoUnit.HOURS);
        return hour.isBefore(from) ? hour.plus(1, ChronoUnit.HOURS) : hour;
    }

    private ArrayNode impliedVsRealized(String currency, Instant from, Instant to) {
        ArrayNode rows = empty();
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            double spot = market.spot(currency, at);
            rows.addObject()
                    .put("atm180", 100 * market.atmVol(currency, at, 180))
                    .put("atm30", 100 * market.atmVol(currency, at, 30))
                    .put("atm60", 100 * market.atmVol(currency, at, 60))
                    .put("atm7", 100 * market.atmVol(currency, at, 7))
                    .put("atm90", 100 * market.atmVol(currency, at, 90))
                    .put("currency", currency)
                    .put("exchange", "deribit")
                    .put("indexPrice", spot)
                    .put("lnReturn", Math.log(spot / market.spot(currency, at.minus(1, ChronoUnit.HOURS))))
                    .put("realizedVolatility30", realised(currency, at, 30))
                    .put("realizedVolatility7", realised(currency, at, 7))
                    .put("timestamp", at.toEpochMilli());
        }
        return rows;
    }

    /** Of six-hour closes, in percent. */
    private double realised(String currency, Instant at, int days) {
        double sum = 0;
        double last = market.spot(currency, at);
        for (int i = 1; i <= days * 4; i++) {
            double price = market.spot(currency, at.minus(6L * i, ChronoUnit.HOURS));
            double r = Math.log(last / price);
            sum += r * r;
            last = price;
        }
        return 100 * Math.sqrt(sum / (days * 4) * 4 * 365);
    }

    private ArrayNode dvol(String currency, Instant from, Instant to) {
        ArrayNode rows = empty();
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            double open = 100 * market.atmVol(currency, at, 30) + 1.5;
            double close = 100 * market.atmVol(currency, at.plus(59, ChronoUnit.MINUTES), 30) + 1.5;
            rows.addObject()
                    .put("close", close)
                    .put("currency", currency)
                    .put("exchange", "deribit")
                    .put("exchangeTimestamp", at.toEpochMilli())
                    .put("high", Math.max(open, close) + 0.05)
                    .put("instrument", "DERIBIT_" + currency + "_DVOL_INDEX")
                    .put("low", Math.min(open, close) - 0.05)
                    .put("open", open);
        }
        return rows;
    }

    private ArrayNode surface(String currency, Instant from, Instant to) {
        ArrayNode rows = empty();
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            for (Instant expiry : market.coinExpiries(at)) {
                double days = SimulatedMarket.days(at, expiry);
                ObjectNode row = deltas(currency, at, days, 0);
                row.put("currency", currency)
                        .put("daysToExpiration", days)
                        .put("exchange", "deribit")
                        .put("expirationTimestamp", expiry.toString())
                        .put("indexPrice", market.spot(currency, at))
                        .put("multiplier", 1)
                        .put(
                                "openInterest",
                                Math.round(20_000 * Noise.uniform("oi" + currency, expiry.getEpochSecond())))
                        .put("timestamp", at.toString())
                        .put("underlyingPrice", market.forward(currency, at, days));
                rows.add(row);
            }
        }
        return rows;
    }

    private ArrayNode shareSurface(String currency, Instant from, Instant to) {
        ArrayNode rows = empty();
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            if (!market.inOptionSession(at)) {
                continue;
            }
            LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
            for (int week = 1; week <= 8; week++) {
                LocalDate friday = day.with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.FRIDAY))
                        .plusWeeks(week - 1L);
                double days = SimulatedMarket.days(at, market.shareExpiry(friday));
                ObjectNode row = deltas(
                        currency, at, days, Noise.uniform("thin" + currency, at.getEpochSecond()) < 0.03 ? 250 : 0);
                row.put("currency", currency)
                        .put("daysToExpiration", days)
                        .put("exchange", "tradfi")
                        .put("expirationTimestamp", friday + "T00:00:00.000Z")
                        .put("indexPrice", market.spot(currency, at))
                        .put("multiplier", 100)
                        .putNull("openInterest")
                        .put("timestamp", at.toString())
                        .put("underlyingRate", 0.05);
                rows.add(row);
            }
        }
        return rows;
    }

    /** Vols in percent by forward delta; {@code nonsense} added to each in a thin hour, as the vendor does. */
    private ObjectNode deltas(String asset, Instant at, double days, double nonsense) {
        ObjectNode row = json.createObjectNode();
        row.put("atm", 100 * market.atmVol(asset, at, days) + nonsense);
        for (int delta = 5; delta <= 45; delta += 5) {
            String name = String.format(Locale.ROOT, "%02d", delta);
            row.put("deltaCall" + name, volAtDelta(asset, at, days, delta / 100.0) + nonsense);
            double put = volAtDelta(asset, at, days, 1 - delta / 100.0) + nonsense;
            // the furthest wing of the shortest expiries often has no quote
            if (delta == 5 && days < 1.5 && Noise.uniform("wing" + asset, at.getEpochSecond()) < 0.3) {
                row.putNull("deltaPut05");
            } else {
                row.put("deltaPut" + name, put);
            }
        }
        row.put("delta50", volAtDelta(asset, at, days, 0.5) + nonsense);
        return row;
    }

    private double volAtDelta(String asset, Instant at, double days, double callDelta) {
        return 100 * market.vol(asset, at, days, market.strikeOfCallDelta(asset, at, days, callDelta));
    }

    private ArrayNode gammaExposures(String currency, Instant from, Instant to) {
        ArrayNode rows = empty();
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            double spot = market.spot(currency, at);
            for (Instant expiry : market.coinExpiries(at)) {
                double days = SimulatedMarket.days(at, expiry);
                double forward = market.forward(currency, at, days);
                for (double strike : market.coinStrikes(currency, at, days)) {
                    for (String right : new String[] {"C", "P"}) {
                        String name = padded(currency, expiry, strike, right);
                        double inventory = inventory(currency, name, strike / forward, right, at);
                        double vol = market.vol(currency, at, days, Math.log(strike / forward));
                        rows.addObject()
                                .put("currency", currency)
                                .put("dealerNetInventory", inventory)
                                .put("dealerTotalInventory", Math.round(inventory * 30) / 10.0)
                                .put("exchange", "deribit")
                                .put("expirationTimestamp", expiry.toEpochMilli())
                                .put("gammaLevel", inventory * Black76.gamma(forward, strike, days / 365, vol))
                                .put("indexPrice", spot)
                                .put("instrumentNormalized", name)
                                .put("putCall", right)
                                .put("snapshotTimestamp", at.toEpochMilli())
                                .put("strike", strike);
                    }
                }
            }
        }
        return rows;
    }

    /** Dealers tend to be long calls sold to them above spot and short puts bought from them below. */
    private double inventory(String currency, String name, double moneyness, String right, Instant at) {
        double size = Noise.normal("inventory" + name, at.getEpochSecond() / 86_400);
        boolean call = right.equals("C");
        boolean outOfTheMoney = call == moneyness > 1;
        double tilt = (outOfTheMoney ? 1.2 : 0.1) * (call ? 1 : -1);
        double mood = Noise.path("mood-" + currency, at.getEpochSecond() / 3600.0, 0.03, 9);
        return Math.round(10 * 90 * Math.exp(-8 * Math.abs(moneyness - 1)) * (size + tilt + mood)) / 10.0;
    }

    private ArrayNode chain(String currency, Instant from, Map<String, String> query) {
        ArrayNode rows = empty();
        Instant at = from.truncatedTo(
                query.getOrDefault("timeInterval", "hours").startsWith("day") ? ChronoUnit.DAYS : ChronoUnit.HOURS);
        double spot = market.spot(currency, at);
        for (Instant expiry : market.coinExpiries(at)) {
            double days = SimulatedMarket.days(at, expiry);
            double forward = market.forward(currency, at, days);
            double years = days / 365;
            for (double strike : market.coinStrikes(currency, at, days)) {
                double vol = market.vol(currency, at, days, Math.log(strike / forward));
                for (String right : new String[] {"C", "P"}) {
                    rows.add(chainRow(currency, at, expiry, spot, forward, years, strike, vol, right));
                }
            }
        }
        return rows;
    }

    private ObjectNode chainRow(
            String currency,
            Instant at,
            Instant expiry,
            double spot,
            double forward,
            double years,
            double strike,
            double vol,
            String right) {
        boolean call = right.equals("C");
        String name = padded(currency, expiry, strike, right);
        // the vendor's marks have five decimals; the last of them is the least a listed option is marked at
        double price = Math.max(0.00001, Black76.price(call, forward, strike, years, vol) / forward);
        double half = Math.max(0.0002, 0.02 * price);
        double callDelta = Black76.deltaCall(forward, strike, years, vol);
        boolean noBid = price - half < 0.0001 || Noise.uniform("bid" + name, at.getEpochSecond()) < 0.02;
        double volume = Math.round(200
                        * Noise.uniform("volume" + name, at.getEpochSecond() / 86_400)
                        * Math.exp(-6 * Math.abs(strike / forward - 1)))
                / 10.0;
        double openInterest =
                Math.round(30_000 * Noise.uniform("oi" + name, 0) * Math.exp(-4 * Math.abs(strike / forward - 1)))
                        / 10.0;
        ObjectNode row = json.createObjectNode();
        row.put("ask", round4(price + half))
                .put("askIv", round2(100 * vol + 1.2))
                .put("askVolume", 12.5);
        if (noBid) {
            row.putNull("bid").putNull("bidIv").putNull("bidVolume");
        } else {
            row.put("bid", round4(price - half))
                    .put("bidIv", round2(100 * vol - 1.2))
                    .put("bidVolume", 10.5);
        }
        row.put("currency", currency)
                .put("delta", round5(call ? callDelta : callDelta - 1))
                .put("exchange", "deribit")
                .put("exchangeTimestamp", at.plusSeconds(3).toString())
                .put("expirationTimestamp", expiry.toString())
                .put("gamma", Black76.gamma(forward, strike, years, vol))
                .put("indexPrice", spot)
                .put(
                        "instrument",
                        currency + "-"
                                + DERIBIT_DATE
                                        .format(expiry.atZone(ZoneOffset.UTC))
                                        .toUpperCase(Locale.ROOT) + "-" + plain(strike) + "-" + right)
                .put("instrumentNormalized", name)
                .put("isAtm", Math.abs(strike / forward - 1) < 0.02)
                .put("isCarryForward", false)
                .put("isExchangeProvidedGreeks", true)
                .put("markIv", round2(100 * vol))
                .put("markPrice", round5(price))
                .put("multiplier", 1)
                .put("openInterest", openInterest)
                .put("openInterestUSD", openInterest * spot)
                .put("putCall", right)
                .put("strike", strike)
                .put("timestamp", at.toString())
                .put("underlyingPrice", forward)
                .put("vega", Black76.vega(forward, strike, years, vol) / 100)
                .put("volume", volume)
                .put("volumeUSD", volume * spot);
        return row;
    }

    /**
     * One row a minute for one listed contract during the session. By contract and hour some are missing, without bid,
     * crossed, wide, or carried forward from an older observation.
     */
    private ArrayNode shareQuotes(String currency, Instant from, Instant to, Map<String, String> query) {
        ArrayNode rows = empty();
        if (!query.containsKey("expiration") || !query.containsKey("strike") || !query.containsKey("putCall")) {
            return rows;
        }
        LocalDate expiryDay = LocalDate.parse(query.get("expiration").substring(0, 10));
        double strike = Double.parseDouble(query.get("strike"));
        boolean call = query.get("putCall").equals("C");
        Instant expiry = market.shareExpiry(expiryDay);
        String name = currency + "-" + PADDED_DATE.format(expiryDay).toUpperCase(Locale.ROOT) + "-" + plain(strike)
                + "-" + query.get("putCall");
        Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
        if (minute.isBefore(from)) {
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        for (; !minute.isAfter(to) && rows.size() < 60; minute = minute.plus(1, ChronoUnit.MINUTES)) {
            Instant observed = minute.plusSeconds((long) (50 * Noise.uniform("lag" + name, minute.getEpochSecond())));
            if (!market.inOptionSession(minute) || !observed.isBefore(expiry)) {
                continue;
            }
            double fate = Noise.uniform("fate" + name, minute.getEpochSecond() / 3600);
            if (fate < 0.04) {
                continue;
            }
            rows.add(shareQuote(currency, name, strike, call, expiryDay, expiry, minute, observed, fate));
        }
        return rows;
    }

    private ObjectNode shareQuote(
            String currency,
            String name,
            double strike,
            boolean call,
            LocalDate expiryDay,
            Instant expiry,
            Instant minute,
            Instant observed,
            double fate) {
        double days = SimulatedMarket.days(observed, expiry);
        double spot = market.spot(currency, observed);
        double fair = market.sharePriceOfOption(currency, observed, days, strike, call);
        double vol = market.vol(currency, observed, days, Math.log(strike / spot));
        double half = Math.max(0.03, 0.012 * fair);
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
        ObjectNode row = json.createObjectNode();
        row.put("ask", ask).put("askIv", round2(100 * vol + 1.5)).putNull("askVolume");
        if (bid <= 0 || (fate >= 0.04 && fate < 0.07)) {
            row.putNull("bid").putNull("bidIv");
        } else {
            row.put("bid", bid).put("bidIv", round2(100 * vol - 1.5));
        }
        row.putNull("bidVolume")
                .put("currency", currency)
                .put(
                        "delta",
                        round5(
                                call
                                        ? Black76.deltaCall(spot, strike, days / 365, vol)
                                        : Black76.deltaCall(spot, strike, days / 365, vol) - 1))
                .put("exchange", "tradfi")
                .put("exchangeTimestamp", (carried ? observed.minus(Duration.ofMinutes(70)) : observed).toString())
                .put("expirationTimestamp", expiryDay + "T00:00:00.000Z")
                .put("gamma", Black76.gamma(spot, strike, days / 365, vol))
                .put("instrument", name)
                .put("instrumentNormalized", "TRADFI-" + name)
                .put("isAtm", Math.abs(strike / spot - 1) < 0.02)
                .put("isCarryForward", carried)
                .put("isExchangeProvidedGreeks", true)
                .put("markIv", round2(100 * vol))
                .put("markPrice", round4(fair))
                .put("multiplier", 100)
                .putNull("openInterest")
                .putNull("openInterestUSD")
                .put("putCall", call ? "C" : "P")
                .put("strike", strike)
                .put("timestamp", minute.toString())
                .put("underlyingPrice", spot)
                .putNull("volume")
                .putNull("volumeUSD");
        return row;
    }

    private static String padded(String currency, Instant expiry, double strike, String right) {
        return "DERIBIT-" + currency + "-"
                + PADDED_DATE.format(expiry.atZone(ZoneOffset.UTC)).toUpperCase(Locale.ROOT) + "-" + strike + "-"
                + right;
    }

    private static String plain(double strike) {
        return strike == Math.rint(strike) ? String.valueOf((long) strike) : String.valueOf(strike);
    }

    private static double round2(double x) {
        return Math.round(x * 1e2) / 1e2;
    }

    private static double round4(double x) {
        return Math.round(x * 1e4) / 1e4;
    }

    private static double round5(double x) {
        return Math.round(x * 1e5) / 1e5;
    }
}
