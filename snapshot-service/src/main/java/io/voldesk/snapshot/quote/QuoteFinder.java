package io.voldesk.snapshot.quote;

import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.VendorRow;
import io.voldesk.snapshot.capture.ReadRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Finds quotes of listed share options. A window that lies in the past is asked of the vendor once: the raw archive answers
 * from then on.
 */
@ApplicationScoped
public class QuoteFinder {
    private static final Logger LOG = Logger.getLogger(QuoteFinder.class);
    private static final String ENDPOINT = "volatility/level-1-quotes-instrument/tradfi";
    /** The vendor gives at most sixty one-minute intervals a call. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(59);
    /** Observations may still arrive for a while after their minute. */
    static final Duration SETTLED = Duration.ofMinutes(15);

    private static final Set<Integer> NOT_ENTITLED = Set.of(401, 402, 403);

    private final AmberdataClient amberdata;

    public QuoteFinder(AmberdataClient amberdata) {
        this.amberdata = amberdata;
    }

    /** In the order of the windows; equal windows are asked once. */
    List<QuoteLookup.Found> find(List<QuoteLookup.Window> windows) {
        Map<QuoteLookup.Window, QuoteLookup.Found> found = EachOnce.of(windows, this::find);
        return windows.stream().map(found::get).toList();
    }

    private QuoteLookup.Found find(QuoteLookup.Window window) {
        OptionContract contract = OptionContract.parseOsi(window.symbol());
        List<QuoteLookup.Quote> quotes = new ArrayList<>();
        int rejected = 0;
        Instant from = window.from().truncatedTo(ChronoUnit.MINUTES);
        try {
            while (!from.isAfter(window.to())) {
                Instant to = from.plus(LONGEST_CALL);
                if (to.isAfter(window.to())) {
                    to = window.to();
                }
                rejected += part(contract, from, to, quotes);
                from = to.equals(window.to()) ? to.plusSeconds(60) : to.plus(1, ChronoUnit.MINUTES);
            }
        } catch (VendorFailure | AmberdataUnreadable e) {
            LOG.warnf("no quotes of %s: %s", contract.vendorInstrument(), e.getMessage());
            return new QuoteLookup.Found(List.of(), reason(e));
        }
        quotes.sort(Comparator.comparing(QuoteLookup.Quote::observedAt));
        return new QuoteLookup.Found(quotes, null, rejected);
    }

    /** A vendor that refuses refuses again; any other failure may pass. */
    static String reason(RuntimeException failure) {
        return failure instanceof VendorFailure vendor && NOT_ENTITLED.contains(vendor.status())
                ? "not_entitled"
                : "vendor_error";
    }

    /** Adds the quotes of a part of a window; gives how many rows could not be kept. */
    private int part(OptionContract contract, Instant from, Instant to, List<QuoteLookup.Quote> quotes) {
        AmberdataClient.Answer answer = amberdata.analyticsOnce(
                ENDPOINT,
                Map.of(
                        "currency", contract.underlying(),
                        "expiration", contract.expiry().toString(),
                        "strike", contract.strike().stripTrailingZeros().toPlainString(),
                        "putCall", contract.right().name(),
                        "startDate", from.toString(),
                        "endDate", to.toString(),
                        "timeInterval", "minutes",
                        "timeFormat", "iso"),
                to.plus(SETTLED));
        String instrument = contract.vendorInstrument();
        List<ReadRows.Rejected> rejected = ReadRows.each(answer.rows(), "", row -> {
            if (instrument.equals(row.neededName("instrument"))) {
                quotes.add(quote(row, answer.rawId()));
            }
        });
        if (!rejected.isEmpty()) {
            LOG.infof("quotes of %s that were not kept: %s (raw payload %d)", instrument, rejected, answer.rawId());
        }
        return rejected.size();
    }

    private static QuoteLookup.Quote quote(VendorRow row, long rawId) {
        Instant observed = row.time("exchangeTimestamp");
        return new QuoteLookup.Quote(
                observed == null ? row.neededTime("timestamp") : observed,
                row.number("bid"),
                row.number("ask"),
                row.number("markPrice"),
                row.vol("markIv"),
                row.number("underlyingPrice"),
                row.number("underlyingRate"),
                rawId);
    }
}
