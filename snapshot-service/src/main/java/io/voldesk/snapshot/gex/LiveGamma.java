package io.voldesk.snapshot.gex;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.cache.CacheResult;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.AgeRule;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.SnapshotChecks;
import io.voldesk.snapshot.capture.SnapshotRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The vendor's latest inventories with the chain of their hour, kept for a minute; the latest stored hour where it has none. */
@ApplicationScoped
public class LiveGamma {
    private final GexSource source;
    private final AmberdataClient amberdata;
    private final GammaExposure exposure;
    private final Clock clock;

    public LiveGamma(GexSource source, AmberdataClient amberdata, GammaExposure exposure, Clock clock) {
        this.source = source;
        this.amberdata = amberdata;
        this.exposure = exposure;
        this.clock = clock;
    }

    /**
     * @param source {@code live} or {@code stored}
     * @param reason why not live, or why the live hour is without its chain; else null
     */
    record Result(Optional<GammaHour> hour, String source, String reason) {}

    @CacheResult(cacheName = "live-gex")
    Result fetch(String currency) {
        Instant now = clock.instant();
        String reason;
        try {
            List<DealerRow> rows = source.fetch(currency, now.minus(AgeRule.LIVE.usable()), now).rows().stream()
                    .map(LiveGamma::dealer)
                    .toList();
            Optional<Instant> latest = rows.stream()
                    .filter(row -> row.unusable() == null)
                    .map(DealerRow::at)
                    .max(Comparator.naturalOrder());
            if (latest.isPresent()) {
                List<DealerRow> newest = rows.stream()
                        .filter(row -> row.at().equals(latest.get()))
                        .toList();
                return live(currency, newest);
            }
            reason = "vendor_has_no_rows";
        } catch (VendorFailure | AmberdataUnreadable | Problem e) {
            reason = e.getMessage();
        }
        return new Result(exposure.latest(currency, now), "stored", reason);
    }

    private Result live(String currency, List<DealerRow> rows) {
        HourChain chain = null;
        String reason = null;
        try {
            chain = chain(currency, rows.getFirst().at().truncatedTo(ChronoUnit.HOURS));
        } catch (VendorFailure | AmberdataUnreadable | Problem e) {
            reason = "chain of the hour: " + e.getMessage();
        }
        return new Result(Optional.of(exposure.of(currency, rows, chain)), "live", reason);
    }

    private HourChain chain(String currency, Instant hour) {
        var answer = amberdata.chainOf(currency, hour);
        HourChain chain = new HourChain(hour, new HashMap<>());
        for (JsonNode row : answer.rows()) {
            Instant expiration = Vendor.time(row, "expirationTimestamp");
            Double strike = Vendor.number(row, "strike");
            String right = Vendor.text(row, "putCall");
            Double vol = Vendor.vol(row, "markIv");
            if (expiration != null && strike != null && right != null) {
                chain.quotes()
                        .put(
                                new Contract(expiration, strike, right),
                                new HourChain.Quote(
                                        vol != null && SnapshotChecks.plausibleVol(vol) ? vol : null,
                                        Vendor.number(row, "underlyingPrice"),
                                        Vendor.number(row, "openInterest")));
            }
        }
        return chain;
    }

    private static DealerRow dealer(SnapshotRow row) {
        List<Object> v = row.values();
        boolean priced = v.get(7) instanceof Double index && index > 0;
        Contract contract = v.get(1) instanceof Instant expiration
                        && v.get(2) instanceof Double strike
                        && v.get(3) instanceof String right
                ? new Contract(expiration, strike, right)
                : null;
        return new DealerRow(
                row.sourceTimestamp(),
                contract,
                (Double) v.get(5),
                (Double) v.get(6),
                priced ? (Double) v.get(7) : 0,
                row.rawId(),
                priced ? null : "no_index_price");
    }
}
