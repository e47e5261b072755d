package io.voldesk.snapshot.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.Vendor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

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
    private static final Duration SETTLED = Duration.ofMinutes(15);

    private final AmberdataClient amberdata;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Semaphore vendorCalls = new Semaphore(8);

    public QuoteFinder(AmberdataClient amberdata, Jdbi jdbi, Clock clock) {
        this.amberdata = amberdata;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** In the order of the windows; equal windows are asked once. */
    List<QuoteLookup.Found> find(List<QuoteLookup.Window> windows) {
        Map<QuoteLookup.Window, Future<QuoteLookup.Found>> found = new LinkedHashMap<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (QuoteLookup.Window window : windows) {
                found.computeIfAbsent(window, w -> workers.submit(() -> find(w)));
            }
            List<QuoteLookup.Found> answer = new ArrayList<>(windows.size());
            for (QuoteLookup.Window window : windows) {
                answer.add(found.get(window).get());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private QuoteLookup.Found find(QuoteLookup.Window window) throws InterruptedException {
        OptionContract contract = OptionContract.parseOsi(window.symbol());
        List<QuoteLookup.Quote> quotes = new ArrayList<>();
        Instant from = window.from().truncatedTo(ChronoUnit.MINUTES);
        vendorCalls.acquire();
        try {
            while (!from.isAfter(window.to())) {
                Instant to = from.plus(LONGEST_CALL);
                if (to.isAfter(window.to())) {
                    to = window.to();
                }
                quotes.addAll(part(contract, from, to));
                from = to.equals(window.to()) ? to.plusSeconds(60) : to.plus(1, ChronoUnit.MINUTES);
            }
        } catch (VendorFailure | AmberdataUnreadable e) {
            LOG.warnf("no quotes of %s: %s", contract.vendorInstrument(), e.getMessage());
            return new QuoteLookup.Found(List.of(), "vendor_error");
        } finally {
            vendorCalls.release();
        }
        quotes.sort(Comparator.comparing(QuoteLookup.Quote::observedAt));
        return new QuoteLookup.Found(quotes, null);
    }

    private List<QuoteLookup.Quote> part(OptionContract contract, Instant from, Instant to) {
        String symbol = contract.osi();
        Optional<Long> known = knownRaw(symbol, from, to);
        AmberdataClient.Answer answer = known.isPresent()
                ? amberdata.reread(known.get())
                : amberdata.analytics(
                        ENDPOINT,
                        Map.of(
                                "currency", contract.underlying(),
                                "expiration", contract.expiry().toString(),
                                "strike", contract.strike().stripTrailingZeros().toPlainString(),
                                "putCall", contract.right().name(),
                                "startDate", from.toString(),
                                "endDate", to.toString(),
                                "timeInterval", "minutes",
                                "timeFormat", "iso"));
        if (known.isEmpty() && to.plus(SETTLED).isBefore(clock.instant())) {
            remember(symbol, from, to, answer.rawId());
        }
        String instrument = contract.vendorInstrument();
        return answer.rows().stream()
                .filter(row -> instrument.equals(Vendor.text(row, "instrument")))
                .map(row -> quote(row, answer.rawId()))
                .filter(quote -> quote.observedAt() != null)
                .toList();
    }

    private static QuoteLookup.Quote quote(JsonNode row, long rawId) {
        Instant observed = Vendor.time(row, "exchangeTimestamp");
        return new QuoteLookup.Quote(
                observed == null ? Vendor.time(row, "timestamp") : observed,
                Vendor.number(row, "bid"),
                Vendor.number(row, "ask"),
                Vendor.number(row, "markPrice"),
                Vendor.vol(row, "markIv"),
                Vendor.number(row, "underlyingPrice"),
                rawId);
    }

    private Optional<Long> knownRaw(String symbol, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select raw_id from option_quote_window
                        where symbol = :symbol and from_at = :from and to_at = :to""")
                .bind("symbol", symbol)
                .bind("from", from)
                .bind("to", to)
                .mapTo(Long.class)
                .findOne());
    }

    private void remember(String symbol, Instant from, Instant to, long rawId) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into option_quote_window (symbol, from_at, to_at, raw_id)
                        values (:symbol, :from, :to, :raw) on conflict do nothing""")
                .bind("symbol", symbol)
                .bind("from", from)
                .bind("to", to)
                .bind("raw", rawId)
                .execute());
    }
}
