package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.quant.Black76;
import io.voldesk.sandbox.CoinChain.Coin;
import io.voldesk.sandbox.CoinChain.Slice;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Chain, surfaces and gamma exposures of a coin's options, each read from {@link CoinChain}. */
final class CoinRows {
    private static final DateTimeFormatter DERIBIT_DATE = DateTimeFormatter.ofPattern("dMMMuu", Locale.ENGLISH);
    static final DateTimeFormatter PADDED_DATE = DateTimeFormatter.ofPattern("ddMMMuu", Locale.ENGLISH);
    private static final int[] MATURITIES = {1, 2, 3, 7, 14, 21, 30, 60, 90, 180};
    private static final String[] RIGHTS = {"C", "P"};

    private final ObjectMapper json;
    private final SimulatedMarket market;
    private final CoinChain chains;

    CoinRows(ObjectMapper json, SimulatedMarket market) {
        this.json = json;
        this.market = market;
        this.chains = new CoinChain(market);
    }

    /** The delta surface of each listed expiry, hour by hour. */
    ArrayNode floating(Coin coin, Instant from, Instant to) {
        ArrayNode rows = json.createArrayNode();
        for (Instant at = SimulatedRows.firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            floating(coin, at).forEach(rows::add);
        }
        return rows;
    }

    private ArrayNode floating(Coin coin, Instant at) {
        ArrayNode rows = json.createArrayNode();
        double spot = market.spot(coin.asset(), at);
        RoughHours rough = RoughHours.of(coin.asset(), at);
        for (Slice slice : chains.slices(coin, at)) {
            boolean sparse = rough == RoughHours.SPARSE && slice.days() > 20 && slice.days() < 45;
            boolean noWing = slice.days() < 1.5 && Noise.uniform("wing" + coin.asset(), at.getEpochSecond()) < 0.3;
            ObjectNode row = rows.addObject();
            row.put("atm", slice.atm());
            for (int delta = 5; delta <= 45; delta += 5) {
                boolean left = sparse && delta != 10 && delta != 25;
                String name = String.format(Locale.ROOT, "%02d", delta);
                row.put("deltaCall" + name, left ? null : slice.volAtCallDelta(delta / 100.0));
                row.put(
                        "deltaPut" + name,
                        left || (noWing && delta == 5) ? null : slice.volAtCallDelta(1 - delta / 100.0));
            }
            row.put("delta50", sparse ? null : slice.volAtCallDelta(0.5))
                    .put("currency", coin.code())
                    .put("daysToExpiration", slice.days())
                    .put("exchange", "deribit")
                    .put("expirationTimestamp", slice.expiry().toString())
                    .put("indexPrice", spot)
                    .put("multiplier", 1)
                    .put(
                            "openInterest",
                            Math.round(20_000
                                    * Noise.uniform(
                                            "oi" + coin.asset(), slice.expiry().getEpochSecond())))
                    .put("timestamp", at.toString())
                    .put("underlyingPrice", slice.forward());
        }
        return rows;
    }

    /** The constant maturities, which the vendor draws linear in vol and days between the listed expiries. */
    ArrayNode constant(Coin coin, Instant from, Instant to) {
        ArrayNode rows = json.createArrayNode();
        for (Instant at = SimulatedRows.firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            ArrayNode listed = floating(coin, at);
            for (int days : MATURITIES) {
                ObjectNode row = constant(listed, days);
                if (row != null) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private ObjectNode constant(ArrayNode listed, int days) {
        for (int i = 1; i < listed.size(); i++) {
            ObjectNode near = (ObjectNode) listed.get(i - 1);
            ObjectNode far = (ObjectNode) listed.get(i);
            double from = near.get("daysToExpiration").asDouble();
            double to = far.get("daysToExpiration").asDouble();
            if (from <= days && days <= to) {
                double share = (days - from) / (to - from);
                ObjectNode row = near.deepCopy();
                row.remove("expirationTimestamp");
                near.fieldNames().forEachRemaining(name -> {
                    if (name.startsWith("delta") || name.equals("atm") || name.equals("underlyingPrice")) {
                        boolean missing =
                                near.get(name).isNull() || far.get(name).isNull();
                        row.put(name, missing ? null : (Double) between(near, far, name, share));
                    }
                });
                return row.put("daysToExpiration", days);
            }
        }
        return null;
    }

    private static double between(ObjectNode near, ObjectNode far, String name, double share) {
        double start = near.get(name).asDouble();
        return start + share * (far.get(name).asDouble() - start);
    }

    /** The {@code atm} of the constant maturities, in percent by days; NaN outside the listed expiries. */
    double[] atm(Coin coin, Instant at, int... maturities) {
        var slices = chains.slices(coin, at);
        double[] found = new double[maturities.length];
        for (int m = 0; m < found.length; m++) {
            found[m] = Double.NaN;
            for (int i = 1; i < slices.size(); i++) {
                double from = slices.get(i - 1).days();
                double to = slices.get(i).days();
                if (from <= maturities[m] && maturities[m] <= to) {
                    double start = slices.get(i - 1).atm();
                    double share = (maturities[m] - from) / (to - from);
                    found[m] = start + share * (slices.get(i).atm() - start);
                    break;
                }
            }
        }
        return found;
    }

    ArrayNode gammaExposures(Coin coin, Instant from, Instant to) {
        ArrayNode rows = json.createArrayNode();
        DealerBook book = new DealerBook(coin.asset(), from);
        for (Instant at = SimulatedRows.firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            double spot = Decimals.round(market.spot(coin.asset(), at), 2);
            book = book.isOf(at) ? book : new DealerBook(coin.asset(), at);
            double mood = book.mood(at);
            for (Slice slice : chains.slices(coin, at)) {
                String date = date(PADDED_DATE, slice.expiry());
                for (int i = 0; i < slice.strikes().length; i++) {
                    double strike = slice.strikes()[i];
                    double gamma = Decimals.round(
                            Black76.gamma(slice.forward(), strike, slice.years(), slice.vols()[i] / 100), 5);
                    for (String right : RIGHTS) {
                        String name = padded(coin, date, strike, right);
                        double total = book.total(name, strike / slice.forward(), right.equals("C"), mood);
                        rows.addObject()
                                .put("currency", coin.code())
                                .put("dealerNetInventory", book.net(name, strike / slice.forward(), total))
                                .put("dealerTotalInventory", total)
                                .put("exchange", "deribit")
                                .put("expirationTimestamp", slice.expiry().toEpochMilli())
                                .put("gammaLevel", total * gamma)
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

    ArrayNode chain(Coin coin, Instant at) {
        ArrayNode rows = json.createArrayNode();
        double spot = Decimals.round(market.spot(coin.asset(), at), 2);
        for (Slice slice : chains.slices(coin, at)) {
            String padded = date(PADDED_DATE, slice.expiry());
            String date = date(DERIBIT_DATE, slice.expiry());
            for (int i = 0; i < slice.strikes().length; i++) {
                for (String right : RIGHTS) {
                    String name = padded(coin, padded, slice.strikes()[i], right);
                    rows.add(chainRow(coin, at, spot, slice, i, right, name)
                            .put(
                                    "instrument",
                                    coin.code() + "-" + date + "-" + plain(slice.strikes()[i]) + "-" + right));
                }
            }
        }
        return rows;
    }

    private ObjectNode chainRow(Coin coin, Instant at, double spot, Slice slice, int i, String right, String name) {
        double strike = slice.strikes()[i];
        double vol = slice.vols()[i] / 100;
        double forward = slice.forward();
        boolean call = right.equals("C");
        // inverse premiums are in coin: the dollar price over the forward; linear ones are dollars
        double unit = coin.linear() ? 1 : forward;
        double mark = Black76.price(call, forward, strike, slice.years(), vol) / unit;
        Quote bid = Quote.of(call, slice, strike, vol - 0.012, unit, Math.min(-1e-4, -0.004 * mark) + mark, false);
        Quote ask = Quote.of(call, slice, strike, vol + 0.012, unit, Math.max(1e-4, 0.004 * mark) + mark, true);
        boolean noBid = bid.price() <= 0 || Noise.uniform("bid" + name, at.getEpochSecond()) < 0.02;
        double callDelta = Black76.deltaCall(forward, strike, slice.years(), vol);
        double near = Math.abs(strike / forward - 1);
        double volume =
                Math.round(200 * Noise.uniform("volume" + name, at.getEpochSecond() / 86_400) * Math.exp(-6 * near))
                        / 10.0;
        double openInterest = Math.round(30_000 * Noise.uniform("oi" + name, 0) * Math.exp(-4 * near)) / 10.0;
        return json.createObjectNode()
                .put("ask", ask.price())
                .put("askIv", ask.vol())
                .put("askVolume", 12.5)
                .put("bid", noBid ? null : (Double) bid.price())
                .put("bidIv", noBid ? null : bid.vol())
                .put("bidVolume", noBid ? null : 10.5)
                .put("currency", coin.code())
                .put("delta", Decimals.round(call ? callDelta : callDelta - 1, 5))
                .put("exchange", "deribit")
                .put("exchangeTimestamp", at.plus(CoinChain.OBSERVED_AFTER).toString())
                .put("expirationTimestamp", slice.expiry().toString())
                .put("gamma", orNull(Black76.gamma(forward, strike, slice.years(), vol), 5))
                .put("indexPrice", spot)
                .put("instrumentNormalized", name)
                .put("isAtm", near < 0.02)
                .put("isCarryForward", false)
                .put("isExchangeProvidedGreeks", true)
                .put("markIv", slice.vols()[i])
                .put("markPrice", orNull(mark, 4))
                .put("multiplier", 1)
                .put("openInterest", openInterest)
                .put("openInterestUSD", openInterest * spot)
                .put("putCall", right)
                .put("strike", strike)
                .put("timestamp", at.toString())
                .put("underlyingPrice", forward)
                .put("vega", orNull(Black76.vega(forward, strike, slice.years(), vol) / 100, 5))
                .put("volume", volume)
                .put("volumeUSD", volume * spot);
    }

    /** One side of the book: a price of four decimals and the vol that gives it, in percent with two. */
    private record Quote(double price, Double vol) {
        static Quote of(
                boolean call, Slice slice, double strike, double vol, double unit, double atLeast, boolean ask) {
            double at = Math.max(vol, 0.01);
            double exact = Black76.price(call, slice.forward(), strike, slice.years(), at) / unit;
            exact = ask ? Math.max(exact, atLeast) : Math.min(exact, atLeast);
            double price = Math.max(0, Decimals.round(exact, 4));
            double slope = Black76.vega(slice.forward(), strike, slice.years(), at) / unit;
            for (int i = 0; i < 3 && slope > 1e-3; i++) {
                at -= (Black76.price(call, slice.forward(), strike, slice.years(), at) / unit - price) / slope;
                at = Math.clamp(at, 0.01, 5);
                slope = Black76.vega(slice.forward(), strike, slice.years(), at) / unit;
            }
            double off = Black76.price(call, slice.forward(), strike, slice.years(), at) / unit - price;
            return new Quote(price, Math.abs(off) < 1e-5 ? (Double) Decimals.round(100 * at, 2) : null);
        }
    }

    /** What rounds to nothing is missing in the vendor's rows. */
    private static Double orNull(double x, int decimals) {
        double rounded = Decimals.round(x, decimals);
        return rounded == 0 ? null : (Double) rounded;
    }

    private static String date(DateTimeFormatter format, Instant expiry) {
        return format.format(expiry.atZone(ZoneOffset.UTC)).toUpperCase(Locale.ROOT);
    }

    private static String padded(Coin coin, String date, double strike, String right) {
        return "DERIBIT-" + coin.code() + "-" + date + "-" + strike + "-" + right;
    }

    static String plain(double strike) {
        return strike == Math.rint(strike) ? String.valueOf((long) strike) : String.valueOf(strike);
    }
}
