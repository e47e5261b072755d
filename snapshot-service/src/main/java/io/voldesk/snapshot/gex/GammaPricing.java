package io.voldesk.snapshot.gex;

import io.voldesk.model.AgeRule;
import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts an hour together row by row. */
final class GammaPricing {
    private static final int GAMMA_DECIMALS = 5;

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

    GammaPricing(List<DealerRow> rows, HourChain chain, Surface surface) {
        this.rows = rows.stream().filter(row -> row.unusable() == null).toList();
        rows.stream()
                .filter(row -> row.unusable() != null)
                .forEach(row -> leftOut.merge(row.unusable(), 1, Integer::sum));
        this.at = this.rows.getFirst().at();
        this.spot = this.rows.getFirst().indexPrice();
        this.chain = chain != null && chain.sameHour(at) ? chain : null;
        this.surface = surface;
        this.slices = ofTheMoment()
                ? surface.slices().stream().collect(Collectors.toMap(SurfaceSlice::expiration, s -> s, (a, b) -> a))
                : Map.of();
    }

    private boolean ofTheMoment() {
        return surface != null
                && !surface.timestamp().isAfter(at)
                && Duration.between(surface.timestamp(), at).compareTo(AsOf.ONE_MOMENT) <= 0;
    }

    GammaHour hour() {
        rows.forEach(this::price);
        GammaHour.DailySigma sigma = sigma();
        double band = GammaProfile.roundingDeviation(held, spot, GAMMA_DECIMALS);
        GammaHour.Counts counts = new GammaHour.Counts(byMark, bySurface, byOpenInterest, leftOut);
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
        GammaProfile profile = GammaProfile.of(positions, spot, GammaHour.GRID_STEPS);
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
                GammaHour.regime(net, band, spot, profile.flips(), sigma.value()),
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
    private GammaHour.DailySigma sigma() {
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
                return new GammaHour.DailySigma(
                        null,
                        surface.timestamp(),
                        age.seconds(),
                        age.shown() ? "surface_without_an_expiry_after_a_day" : age.reason());
            }
            asOf = surface.timestamp();
        }
        return vol == null
                ? new GammaHour.DailySigma(null, null, null, "no_surface_or_chain_stored")
                : new GammaHour.DailySigma(
                        vol / Math.sqrt(365), asOf, Duration.between(asOf, at).toSeconds(), null);
    }

    private static Double atTheMoney(Surface surface) {
        return surface.slices().stream()
                .filter(slice -> slice.days() >= 1)
                .findFirst()
                .map(slice -> slice.volAt(0))
                .orElse(null);
    }
}
