package io.voldesk.snapshot.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.cache.CacheResult;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.QualityState;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Price and 24 h volume, asked of the vendor live and kept for a minute. */
@Path("/api")
@RunOnVirtualThread
public class ReferenceResource {

    private final Live live;

    public ReferenceResource(Live live) {
        this.live = live;
    }

    /**
     * @param price USD; null with its reason
     * @param source {@code reference_rate}, or {@code derivatives_underlying} where that has none
     * @param reason why the fallback, or why nothing
     */
    public record ReferenceRate(
            String asset, Double price, QualityState state, Instant asOf, String source, String reason, Long rawId) {}

    /** @param contractVolume contracts of one coin; {@code leftOut} instruments without a volume */
    public record Volume24h(
            String currency,
            QualityState state,
            String reason,
            Double volumeUsd,
            Double contractVolume,
            int instruments,
            int counted,
            int leftOut,
            Instant asOf,
            Long rawId) {}

    @GET
    @Path("/reference-rates")
    public ReferenceRate rate(@QueryParam("asset") String asset) {
        String wanted = Params.oneOf(
                "asset",
                asset == null ? null : asset.toUpperCase(Locale.ROOT),
                null,
                Set.copyOf(SnapshotType.CURRENCIES));
        return live.rate(wanted);
    }

    @GET
    @Path("/volume-24h")
    public Volume24h volume(@QueryParam("currency") String currency) {
        return live.volume(SnapshotType.currency(currency, "BTC"));
    }

    /** The vendor's side of it. */
    @ApplicationScoped
    public static class Live {
        private final AmberdataClient amberdata;
        private final Clock clock;

        public Live(AmberdataClient amberdata, Clock clock) {
            this.amberdata = amberdata;
            this.clock = clock;
        }

        @CacheResult(cacheName = "live-rate")
        ReferenceRate rate(String currency) {
            String asset = currency.toLowerCase(Locale.ROOT);
            String why;
            try {
                var answer = amberdata.ask(
                        "/markets/spot/reference-rates/" + asset, Map.of("timeFormat", "iso", "timeInterval", "hours"));
                Optional<JsonNode> latest = latestRate(answer.payload());
                if (latest.isPresent()) {
                    return new ReferenceRate(
                            asset,
                            Vendor.number(latest.get(), "unitPrice"),
                            QualityState.OK,
                            Vendor.time(latest.get(), "timestamp"),
                            "reference_rate",
                            null,
                            answer.rawId());
                }
                why = "reference_rate_empty";
            } catch (VendorFailure e) {
                why = "reference_rate_refused: " + e.status();
            } catch (AmberdataUnreadable e) {
                why = "reference_rate_unreadable";
            }
            return fallback(currency, asset, why);
        }

        private static Optional<JsonNode> latestRate(JsonNode payload) {
            JsonNode rates = payload.path("data").path("referenceRates");
            JsonNode found = null;
            for (JsonNode rate : rates) {
                Instant at = Vendor.time(rate, "timestamp");
                Double price = Vendor.number(rate, "unitPrice");
                if (at != null
                        && price != null
                        && price > 0
                        && (found == null || at.isAfter(Vendor.time(found, "timestamp")))) {
                    found = rate;
                }
            }
            return Optional.ofNullable(found);
        }

        private ReferenceRate fallback(String currency, String asset, String why) {
            try {
                var chain = chain(currency);
                Optional<JsonNode> row = chain.rows().stream()
                        .filter(r -> Vendor.number(r, "indexPrice") != null && Vendor.time(r, "timestamp") != null)
                        .max(Comparator.comparing(r -> Vendor.time(r, "timestamp")));
                if (row.isPresent()) {
                    return new ReferenceRate(
                            asset,
                            Vendor.number(row.get(), "indexPrice"),
                            QualityState.OK,
                            Vendor.time(row.get(), "timestamp"),
                            "derivatives_underlying",
                            why,
                            chain.rawId());
                }
                return none(asset, why + "; derivatives_empty");
            } catch (VendorFailure e) {
                return none(asset, why + "; derivatives_refused: " + e.status());
            } catch (AmberdataUnreadable e) {
                return none(asset, why + "; derivatives_unreadable");
            } catch (Problem e) {
                return none(asset, e.getMessage());
            }
        }

        private static ReferenceRate none(String asset, String reason) {
            return new ReferenceRate(asset, null, QualityState.UNAVAILABLE, null, null, reason, null);
        }

        private AmberdataClient.Answer chain(String currency) {
            Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
            return amberdata.deribit(
                    "volatility/level-1-quotes",
                    currency,
                    hour,
                    hour.plusSeconds(3_599),
                    Map.of("timeInterval", "hours", "timeFormat", "iso"));
        }

        @CacheResult(cacheName = "live-volume")
        Volume24h volume(String currency) {
            try {
                var chain = chain(currency);
                List<JsonNode> rows = chain.rows();
                if (rows.isEmpty()) {
                    return nothing(currency, "vendor_has_no_quotes");
                }
                double usd = 0;
                double contracts = 0;
                int counted = 0;
                Instant at = null;
                for (JsonNode row : rows) {
                    Double rowUsd = Vendor.number(row, "volumeUSD");
                    Double rowContracts = Vendor.number(row, "volume");
                    if (rowUsd != null && rowContracts != null) {
                        usd += rowUsd;
                        contracts += rowContracts;
                        counted++;
                    }
                    Instant time = Vendor.time(row, "timestamp");
                    at = at == null || (time != null && time.isAfter(at)) ? time : at;
                }
                if (counted == 0) {
                    return nothing(currency, "no_instrument_has_a_volume");
                }
                return new Volume24h(
                        currency,
                        QualityState.OK,
                        null,
                        usd,
                        contracts,
                        rows.size(),
                        counted,
                        rows.size() - counted,
                        at,
                        chain.rawId());
            } catch (VendorFailure | AmberdataUnreadable | Problem e) {
                return nothing(currency, e.getMessage());
            }
        }

        private static Volume24h nothing(String currency, String reason) {
            return new Volume24h(currency, QualityState.UNAVAILABLE, reason, null, null, 0, 0, 0, null, null);
        }
    }
}
