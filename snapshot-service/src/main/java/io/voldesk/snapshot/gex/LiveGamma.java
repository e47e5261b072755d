package io.voldesk.snapshot.gex;

import io.quarkus.cache.CacheResult;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.AgeRule;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.capture.ReadRows;
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
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The vendor's latest inventories with the chain of their hour, kept for a minute; the latest stored hour where it has none. */
@ApplicationScoped
public class LiveGamma {
    private static final Logger LOG = Logger.getLogger(LiveGamma.class);

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
            ReadRows read = source.fetch(currency, now.minus(AgeRule.LIVE.usable()), now);
            List<DealerRow> rows = read.rows().stream().map(LiveGamma::dealer).toList();
            Optional<Instant> latest = rows.stream()
                    .filter(row -> row.unusable() == null)
                    .map(DealerRow::at)
                    .max(Comparator.naturalOrder());
            if (latest.isPresent()) {
                Stream<DealerRow> newest = rows.stream().filter(row -> row.at().equals(latest.get()));
                Stream<DealerRow> unread = read.rejected().stream()
                        .map(row -> new DealerRow(latest.get(), null, null, null, 0, 0, row.reason()));
                return live(currency, Stream.concat(newest, unread).toList());
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
        // an instrument without a quote of its own is priced off the surface, or left out and counted
        List<ReadRows.Rejected> rejected = ReadRows.each(answer.rows(), "", row -> {
            Instant expiration = row.neededExpiration("expirationTimestamp", hour);
            Double strike = row.number("strike");
            String right = row.putCall("putCall");
            Double vol = row.vol("markIv");
            if (strike != null && right != null) {
                chain.quotes()
                        .put(
                                new Contract(expiration, strike, right),
                                new HourChain.Quote(
                                        vol != null && SnapshotChecks.plausibleVol(vol) ? vol : null,
                                        row.number("underlyingPrice"),
                                        row.number("openInterest")));
            }
        });
        if (!rejected.isEmpty()) {
            LOG.infof("rows of the live chain of %s that were not kept: %s", currency, rejected);
        }
        return chain;
    }

    private static DealerRow dealer(SnapshotRow row) {
        List<Object> v = row.values();
        boolean priced = row.suspicious() == null && v.get(7) instanceof Double index && index > 0;
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
                priced ? null : row.suspicious() == null ? "no_index_price" : row.suspicious());
    }
}
