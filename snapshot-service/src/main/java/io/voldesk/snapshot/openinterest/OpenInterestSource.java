package io.voldesk.snapshot.openinterest;

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
                    SnapshotTable.amount("open_interest"),
                    SnapshotTable.amount("open_interest_usd"),
                    SnapshotTable.price("bid"),
                    SnapshotTable.price("ask"),
                    SnapshotTable.price("mark_price"),
                    SnapshotTable.neededVol("mark_iv"),
                    SnapshotTable.neededPrice("underlying_price"),
                    SnapshotTable.neededPrice("index_price"),
                    SnapshotTable.amount("volume"),
                    SnapshotTable.amount("volume_usd"),
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
        return ReadRows.of(answer.rows(), row -> read(row, answer.rawId()));
    }

    private static SnapshotRow read(VendorRow row, long rawId) {
        Instant at = row.neededTime("timestamp");
        String instrument = row.neededName("instrument");
        Double strike = row.number("strike");
        String right = row.putCall("putCall");
        SnapshotRow read = SnapshotRow.read(
                at,
                instrument,
                rawId,
                row.time("exchangeTimestamp"),
                instrument,
                row.neededExpiration("expirationTimestamp", at),
                strike,
                right,
                row.number("openInterest"),
                row.number("openInterestUSD"),
                row.number("bid"),
                row.number("ask"),
                row.number("markPrice"),
                row.vol("markIv"),
                row.number("underlyingPrice"),
                row.number("indexPrice"),
                row.number("volume"),
                row.number("volumeUSD"),
                priceUnit(instrument));
        return strike == null || right == null ? read.suspected("contract_not_told") : read;
    }

    /** What bid, ask and mark are in, as the instrument's name tells: linear options are settled in USDC, the others in their coin. */
    public static String priceUnit(String instrument) {
        return instrument.contains("_USDC-") ? "usd" : "coin";
    }
}
