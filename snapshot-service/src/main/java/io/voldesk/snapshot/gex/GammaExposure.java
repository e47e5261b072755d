package io.voldesk.snapshot.gex;

import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.surface.SurfaceReader;
import io.voldesk.snapshot.surface.SurfaceSlice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Dealer gamma from stored inventories. Totals use the vendor's own gamma level (inventory × Γ); the profile over other spots
 * prices Γ anew with vols held by strike, taken from the surface of the same hour or the latest within a day before.
 */
@ApplicationScoped
public class GammaExposure {
    private static final int GRID_STEPS = 120;

    private final Jdbi jdbi;
    private final SurfaceReader surfaces;

    public GammaExposure(Jdbi jdbi, SurfaceReader surfaces) {
        this.jdbi = jdbi;
        this.surfaces = surfaces;
    }

    /**
     * One hour's totals, USD per 1 % move.
     *
     * @param flip null with {@code flipReason}
     * @param regime {@code positive}, {@code near_flip} (within one daily deviation of the flip) or {@code negative}
     */
    record Hour(
            Instant at,
            double spot,
            double net,
            double call,
            double put,
            Double flip,
            String flipReason,
            String regime,
            int instruments,
            long rawId) {}

    /** One instrument's inventory at one hour. */
    record Inventory(
            Instant at,
            String instrument,
            Instant expiration,
            double strike,
            String putCall,
            double net,
            Double gammaLevel,
            double indexPrice,
            long rawId) {}

    /** The chain of one hour with what was priced and what was left out. */
    record Chain(
            Instant at,
            double spot,
            Double dailySigma,
            List<Inventory> inventories,
            List<GammaProfile.Position> positions,
            int leftOut) {}

    List<Hour> hoursOf(Handle handle, String currency, LocalDate date) {
        Map<Instant, List<Inventory>> hours = new TreeMap<>();
        for (Inventory row : inventories(handle, currency, SnapshotSource.startOf(date), SnapshotSource.endOf(date))) {
            hours.computeIfAbsent(row.at(), at -> new ArrayList<>()).add(row);
        }
        List<Hour> result = new ArrayList<>();
        for (List<Inventory> rows : hours.values()) {
            result.add(hour(chain(handle, currency, rows)));
        }
        return result;
    }

    /** The latest stored chain at or before an instant. */
    Optional<Chain> latest(String currency, Instant notAfter) {
        return jdbi.withHandle(handle -> {
            Instant at = handle.createQuery("""
                            select max(source_timestamp) from gex_snapshots
                            where currency = :currency and source_timestamp <= :at and suspicious is null""")
                    .bind("currency", currency)
                    .bind("at", notAfter)
                    .map((row, context) -> row.getTimestamp(1) == null
                            ? Instant.EPOCH
                            : row.getTimestamp(1).toInstant())
                    .one();
            List<Inventory> rows = inventories(handle, currency, at, at);
            return rows.isEmpty() ? Optional.empty() : Optional.of(chain(handle, currency, rows));
        });
    }

    Chain chainOf(String currency, List<Inventory> rows) {
        return jdbi.withHandle(handle -> chain(handle, currency, rows));
    }

    private Chain chain(Handle handle, String currency, List<Inventory> rows) {
        Instant at = rows.getFirst().at();
        double spot = rows.getFirst().indexPrice();
        Map<Instant, SurfaceSlice> slices = surfaces.slicesNear(handle, currency, at);
        List<GammaProfile.Position> positions = new ArrayList<>();
        for (Inventory row : rows) {
            SurfaceSlice slice = slices.get(row.expiration());
            double years = Duration.between(at, row.expiration()).toSeconds() / (365.0 * 86_400);
            if (slice != null && years > 0) {
                double vol = slice.volAt(Math.log(row.strike() / slice.forward()));
                positions.add(new GammaProfile.Position(row.strike(), years, vol, row.net(), slice.forward() / spot));
            }
        }
        Double dailySigma = slices.values().stream()
                .filter(slice -> slice.days() >= 1)
                .findFirst()
                .map(slice -> slice.volAt(0) / Math.sqrt(365))
                .orElse(null);
        return new Chain(at, spot, dailySigma, rows, positions, rows.size() - positions.size());
    }

    private static Hour hour(Chain chain) {
        double call = 0;
        double put = 0;
        for (Inventory row : chain.inventories()) {
            if (row.gammaLevel() != null) {
                double gex = row.gammaLevel() * row.indexPrice() * row.indexPrice() * 0.01;
                if (row.putCall().equals("C")) {
                    call += gex;
                } else {
                    put += gex;
                }
            }
        }
        Double flip = null;
        String reason = null;
        if (chain.positions().isEmpty()) {
            reason = "no_surface_for_hour";
        } else {
            flip = GammaProfile.of(chain.positions(), chain.spot(), GRID_STEPS).nearestFlip(chain.spot());
            reason = flip == null ? "no_sign_change_within_30_percent" : null;
        }
        return new Hour(
                chain.at(),
                chain.spot(),
                call + put,
                call,
                put,
                flip,
                reason,
                regime(call + put, chain.spot(), flip, chain.dailySigma()),
                chain.inventories().size(),
                chain.inventories().getFirst().rawId());
    }

    static String regime(double net, double spot, Double flip, Double dailySigma) {
        if (flip != null && dailySigma != null && Math.abs(flip / spot - 1) <= dailySigma) {
            return "near_flip";
        }
        return net >= 0 ? "positive" : "negative";
    }

    GammaProfile profile(Chain chain) {
        return GammaProfile.of(chain.positions(), chain.spot(), GRID_STEPS);
    }

    private static List<Inventory> inventories(Handle handle, String currency, Instant from, Instant to) {
        return handle.createQuery("""
                        select * from gex_snapshots
                        where currency = :currency and source_timestamp between :from and :to and suspicious is null
                          and expiration is not null and strike is not null and net_inventory is not null
                        order by source_timestamp, instrument""")
                .bind("currency", currency)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Inventory(
                        row.getTimestamp("source_timestamp").toInstant(),
                        row.getString("instrument"),
                        row.getTimestamp("expiration").toInstant(),
                        row.getDouble("strike"),
                        row.getString("put_call"),
                        row.getDouble("net_inventory"),
                        (Double) row.getObject("gamma_level"),
                        row.getDouble("index_price"),
                        row.getLong("raw_id")))
                .list();
    }
}
