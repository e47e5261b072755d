package io.voldesk.snapshot.openinterest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.Vendor;
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

/** The whole chain once a day: open interest, volume, quotes and marks, the prices in what {@code price_unit} says. */
@ApplicationScoped
public class OpenInterestSource implements SnapshotSource {
    private static final SnapshotTable TABLE = new SnapshotTable(
            "oi_snapshots",
            List.of(
                    SnapshotTable.plain("observed_at"),
                    SnapshotTable.plain("instrument"),
                    SnapshotTable.plain("expiration"),
                    SnapshotTable.price("strike"),
                    SnapshotTable.plain("put_call"),
                    SnapshotTable.plain("open_interest"),
                    SnapshotTable.plain("open_interest_usd"),
                    SnapshotTable.price("bid"),
                    SnapshotTable.price("ask"),
                    SnapshotTable.price("mark_price"),
                    SnapshotTable.neededVol("mark_iv"),
                    SnapshotTable.neededPrice("underlying_price"),
                    SnapshotTable.neededPrice("index_price"),
                    SnapshotTable.plain("volume"),
                    SnapshotTable.plain("volume_usd"),
                    SnapshotTable.plain("price_unit")));

    private final AmberdataClient amberdata;

    public OpenInterestSource(AmberdataClient amberdata) {
        this.amberdata = amberdata;
    }

    @Override
    public SnapshotType type() {
        return SnapshotType.OI;
    }

    @Override
    public SnapshotTable table() {
        return TABLE;
    }

    @Override
    public ReadRows fetch(String currency, LocalDate date) {
        var answer = amberdata.deribit(
                "volatility/level-1-quotes",
                currency,
                SnapshotSource.startOf(date),
                SnapshotSource.endOf(date),
                Map.of("timeInterval", "days", "timeFormat", "iso"));
        return ReadRows.of(
                answer.rows(),
                row -> Vendor.unreadable(row, "timestamp", "instrument"),
                row -> read(row, answer.rawId()));
    }

    private static SnapshotRow read(JsonNode row, long rawId) {
        Instant at = Vendor.time(row, "timestamp");
        return SnapshotRow.read(
                at,
                Vendor.text(row, "instrument"),
                rawId,
                Vendor.time(row, "exchangeTimestamp"),
                Vendor.text(row, "instrument"),
                Vendor.time(row, "expirationTimestamp"),
                Vendor.number(row, "strike"),
                Vendor.text(row, "putCall"),
                Vendor.number(row, "openInterest"),
                Vendor.number(row, "openInterestUSD"),
                Vendor.number(row, "bid"),
                Vendor.number(row, "ask"),
                Vendor.number(row, "markPrice"),
                Vendor.vol(row, "markIv"),
                Vendor.number(row, "underlyingPrice"),
                Vendor.number(row, "indexPrice"),
                Vendor.number(row, "volume"),
                Vendor.number(row, "volumeUSD"),
                priceUnit(Vendor.text(row, "instrument")));
    }

    /** What bid, ask and mark are in, as the instrument's name tells: linear options are settled in USDC, the others in their coin. */
    public static String priceUnit(String instrument) {
        return instrument.contains("_USDC-") ? "usd" : "coin";
    }
}
