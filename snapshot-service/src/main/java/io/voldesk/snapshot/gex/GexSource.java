package io.voldesk.snapshot.gex;

import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.VendorRow;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Dealer gamma exposure by instrument and hour. */
@ApplicationScoped
public class GexSource implements SnapshotSource {
    private static final SnapshotTable TABLE = new SnapshotTable(
            "gex_snapshots",
            List.of(
                    SnapshotTable.plain("instrument"),
                    SnapshotTable.plain("expiration"),
                    SnapshotTable.price("strike"),
                    SnapshotTable.plain("put_call"),
                    SnapshotTable.size("net_inventory"),
                    SnapshotTable.size("total_inventory"),
                    SnapshotTable.size("gamma_level"),
                    SnapshotTable.neededPrice("index_price")));

    private final AmberdataClient amberdata;
    private final GammaExposure exposure;

    public GexSource(AmberdataClient amberdata, GammaExposure exposure) {
        this.amberdata = amberdata;
        this.exposure = exposure;
    }

    @Override
    public SnapshotType type() {
        return SnapshotType.GEX;
    }

    @Override
    public SnapshotTable table() {
        return TABLE;
    }

    @Override
    public ReadRows fetch(String currency, LocalDate date) {
        return fetch(currency, SnapshotSource.startOf(date), SnapshotSource.endOf(date));
    }

    /** Rows of any range of time: the live levels ask for the last hours. */
    ReadRows fetch(String currency, Instant from, Instant to) {
        var answer = amberdata.deribit("trades-flow/gamma-exposures-snapshots", currency, from, to, Map.of());
        return ReadRows.of(answer.rows(), row -> read(row, answer.rawId()));
    }

    private static SnapshotRow read(VendorRow row, long rawId) {
        Instant at = row.neededTime("snapshotTimestamp");
        String instrument = row.neededName("instrumentNormalized");
        Double strike = row.number("strike");
        String right = row.putCall("putCall");
        SnapshotRow read = SnapshotRow.read(
                at,
                instrument,
                rawId,
                instrument,
                row.neededExpiration("expirationTimestamp", at),
                strike,
                right,
                row.number("dealerNetInventory"),
                row.number("dealerTotalInventory"),
                row.number("gammaLevel"),
                row.number("indexPrice"));
        return strike == null || right == null ? read.suspected("contract_not_told") : read;
    }

    @Override
    public String derivedTable() {
        return "gex_hourly";
    }

    /** Gamma is priced on the surface and the chain of its day. */
    @Override
    public Set<SnapshotType> drawnFrom() {
        return Set.of(SnapshotType.IV_SURFACE, SnapshotType.OI);
    }

    @Override
    public void derive(Handle handle, String currency, LocalDate date) {
        handle.createUpdate("delete from gex_hourly where currency = :currency and snapshot_date = :date")
                .bind("currency", currency)
                .bind("date", date)
                .execute();
        var batch = handle.prepareBatch("""
                insert into gex_hourly (currency, hour, snapshot_date, spot, net_gex, call_gex, put_gex, vendor_net_gex,
                  rounding_band, flip, flip_reason, regime, instruments, by_mark_vol, by_surface_vol, by_open_interest, left_out, raw_id)
                values (:currency, :hour, :date, :spot, :net, :call, :put, :vendor, :band, :flip, :reason, :regime, :instruments,
                  :by_mark, :by_surface, :by_oi, :left_out, :raw)
                on conflict (currency, hour) do nothing""");
        for (GammaHour hour : exposure.hoursOf(handle, currency, date)) {
            batch.bind("currency", currency)
                    .bind("hour", hour.at())
                    .bind("date", date)
                    .bind("spot", hour.spot())
                    .bind("net", hour.net())
                    .bind("call", hour.call())
                    .bind("put", hour.put())
                    .bind("vendor", hour.vendorNet())
                    .bind("band", hour.roundingBand())
                    .bind("flip", hour.nearestFlip())
                    .bind("reason", hour.flipReason())
                    .bind("regime", hour.regime())
                    .bind("instruments", hour.counts().priced())
                    .bind("by_mark", hour.counts().byMarkVol())
                    .bind("by_surface", hour.counts().bySurfaceVol())
                    .bind("by_oi", hour.counts().byOpenInterest())
                    .bind("left_out", hour.counts().left())
                    .bind("raw", hour.rawId())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
