package io.voldesk.snapshot.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.cache.CacheResult;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.Vendor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the vendor says of a coin now; its answers are kept for a minute, their age is for the reader to judge. */
@ApplicationScoped
public class LiveMarket {
    private static final Set<Integer> NOT_ENTITLED = Set.of(401, 402, 403);

    private final AmberdataClient amberdata;
    private final Clock clock;

    public LiveMarket(AmberdataClient amberdata, Clock clock) {
        this.amberdata = amberdata;
        this.clock = clock;
    }

    /**
     * @param at null, as all but {@code failure}, where there is nothing
     * @param failure why; null where there is something
     * @param refused whether this key does not include it
     */
    record Observed<T>(T value, Instant at, Long rawId, String failure, boolean refused) {
        static <T> Observed<T> nothing(String failure) {
            return new Observed<>(null, null, null, failure, false);
        }
    }

    /** @param instruments of the chain, {@code counted} those with a volume */
    record Volume(double usd, double contracts, int instruments, int counted) {}

    private static <T> Observed<T> asking(Supplier<Observed<T>> question) {
        try {
            return question.get();
        } catch (VendorFailure e) {
            boolean refused = NOT_ENTITLED.contains(e.status());
            return new Observed<>(null, null, null, (refused ? "not_entitled: " : "refused: ") + e.status(), refused);
        } catch (AmberdataUnreadable e) {
            return Observed.nothing("unreadable");
        } catch (Problem e) {
            return Observed.nothing(e.getMessage());
        }
    }

    /** The latest hourly reference rate, USD. */
    @CacheResult(cacheName = "live-rate")
    Observed<Double> rate(String currency) {
        return asking(() -> {
            var answer = amberdata.document(
                    "/markets/spot/reference-rates/" + currency.toLowerCase(Locale.ROOT),
                    Map.of("timeFormat", "iso", "timeInterval", "hours"));
            return answer.payload()
                    .path("data")
                    .path("referenceRates")
                    .valueStream()
                    .filter(rate -> Vendor.time(rate, "timestamp") != null && positive(rate, "unitPrice"))
                    .max(Comparator.comparing(rate -> Vendor.time(rate, "timestamp")))
                    .map(rate -> new Observed<>(
                            Vendor.number(rate, "unitPrice"),
                            Vendor.time(rate, "timestamp"),
                            answer.rawId(),
                            null,
                            false))
                    .orElse(Observed.nothing("empty"));
        });
    }

    /** The index price of the latest option chain, USD. */
    @CacheResult(cacheName = "live-index")
    Observed<Double> index(String currency) {
        return asking(() -> {
            var chain = chain(currency);
            return chain.rows().stream()
                    .filter(row -> Vendor.time(row, "timestamp") != null && positive(row, "indexPrice"))
                    .max(Comparator.comparing(row -> Vendor.time(row, "timestamp")))
                    .map(row -> new Observed<>(
                            Vendor.number(row, "indexPrice"),
                            Vendor.time(row, "timestamp"),
                            chain.rawId(),
                            null,
                            false))
                    .orElse(Observed.nothing("empty"));
        });
    }

    private static boolean positive(JsonNode row, String field) {
        Double value = Vendor.number(row, field);
        return value != null && value > 0;
    }

    /** The 24 h volume summed over the latest option chain. */
    @CacheResult(cacheName = "live-volume")
    Observed<Volume> volume(String currency) {
        return asking(() -> {
            var chain = chain(currency);
            Instant at = chain.rows().stream()
                    .map(row -> Vendor.time(row, "timestamp"))
                    .filter(time -> time != null)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            if (at == null) {
                return Observed.nothing("vendor_has_no_quotes");
            }
            List<JsonNode> rows = chain.rows().stream()
                    .filter(row -> at.equals(Vendor.time(row, "timestamp")))
                    .toList();
            double usd = 0;
            double contracts = 0;
            int counted = 0;
            for (JsonNode row : rows) {
                Double rowUsd = Vendor.number(row, "volumeUSD");
                Double rowContracts = Vendor.number(row, "volume");
                if (rowUsd != null && rowContracts != null) {
                    usd += rowUsd;
                    contracts += rowContracts;
                    counted++;
                }
            }
            return counted == 0
                    ? Observed.nothing("no_instrument_has_a_volume")
                    : new Observed<>(new Volume(usd, contracts, rows.size(), counted), at, chain.rawId(), null, false);
        });
    }

    /** The chain of this hour; that of the hour before at the turn of the hour, when the new one is not there yet. */
    private AmberdataClient.Answer chain(String currency) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        AmberdataClient.Answer chain = amberdata.chainOf(currency, hour);
        return chain.rows().isEmpty() ? amberdata.chainOf(currency, hour.minus(1, ChronoUnit.HOURS)) : chain;
    }
}
