package io.voldesk.snapshot;

import static io.voldesk.snapshot.SnapshotHouse.capture;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.voldesk.database.TestDatabase;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.ImpliedVol;
import io.voldesk.quant.SviFit;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * The recorded BTC day of 2024-04-01 from end to end. Its figures are the table in this module's README; the test fails where the
 * README says something else. {@code -Dreadme.write=true} writes it.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class RecordedDayTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- recorded day: begin -->\n";
    private static final String END = "<!-- recorded day: end -->\n";
    private static final double TICK = 1e-4;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private record Quote(boolean call, double strike, double forward, double years, double markVol, Double markPrice) {
        double k() {
            return Math.log(strike / forward);
        }

        boolean outOfTheMoney() {
            return call == strike >= forward;
        }
    }

    @Test
    void theReadmeSaysWhatTheDayGives() throws IOException {
        new SnapshotHouse(sandbox, jdbi).fresh();
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}").body("status", equalTo("ok"));
        Map<Instant, List<Quote>> chain = chain();
        assertEquals(1_064, chain.values().stream().mapToInt(List::size).sum());
        String table = BEGIN + marks(chain) + "\n" + expiries(chain) + "\n" + market() + END;
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN);
        int to = readme.indexOf(END) + END.length();
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
        } else {
            assertEquals(table, readme.substring(from, to));
        }
    }

    private Map<Instant, List<Quote>> chain() {
        Map<Instant, List<Quote>> chain = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select * from oi_snapshots where currency = 'BTC' order by expiration, strike")
                .map((row, context) -> {
                    Instant expiration = row.getTimestamp("expiration").toInstant();
                    Duration left =
                            Duration.between(row.getTimestamp("observed_at").toInstant(), expiration);
                    return Map.entry(
                            expiration,
                            new Quote(
                                    row.getString("put_call").equals("C"),
                                    row.getDouble("strike"),
                                    row.getDouble("underlying_price"),
                                    left.toSeconds() / (365.0 * 86_400),
                                    row.getDouble("mark_iv"),
                                    (Double) row.getObject("mark_price")));
                })
                .forEach(quote -> chain.computeIfAbsent(quote.getKey(), e -> new ArrayList<>())
                        .add(quote.getValue())));
        return chain;
    }

    /** A mark price is rounded to the tick: where a tick is worth more than two vol points, the inversion says little. */
    private static String marks(Map<Instant, List<Quote>> chain) {
        List<Map.Entry<Double, Quote>> found = new ArrayList<>();
        int without = 0;
        int dull = 0;
        for (Quote quote : chain.values().stream().flatMap(List::stream).toList()) {
            if (quote.markPrice() == null) {
                without++;
                continue;
            }
            Double vol = inverted(quote, quote.markPrice());
            Double up = inverted(quote, quote.markPrice() + TICK / 2);
            Double down = inverted(quote, quote.markPrice() - TICK / 2);
            if (vol == null || up == null || down == null || up - down > 0.02) {
                dull++;
            } else {
                found.add(Map.entry(100 * Math.abs(vol - quote.markVol()), quote));
            }
        }
        found.sort(Map.Entry.comparingByKey());
        double median = found.get(found.size() / 2).getKey();
        double most = found.get(found.size() * 99 / 100).getKey();
        Map.Entry<Double, Quote> worst = found.getLast();
        assertTrue(found.size() > 900 && median < 0.05 && most < 2, found.size() + " " + median + " " + most);
        return String.format(
                Locale.ROOT,
                """
                | inversion of the marks | |
                |---|---|
                | convention | coin price = undiscounted Black-76 / forward, the vendor's forward of the expiry, years of 365 days from the quote's own time |
                | inverted | %d of 1064 |
                | no mark price | %d |
                | a tick is worth more than two vol points | %d |
                | error against the vendor's mark vol, median | %.3f vol points |
                | error, 99 of 100 below | %.3f vol points |
                | error, maximum | %.3f vol points (%.2f days, strike/forward %.3f) |
                """,
                found.size(),
                without,
                dull,
                median,
                most,
                worst.getKey(),
                worst.getValue().years() * 365,
                Math.exp(worst.getValue().k()));
    }

    private static Double inverted(Quote quote, double coinPrice) {
        return ImpliedVol.of(quote.call(), coinPrice * quote.forward(), quote.forward(), quote.strike(), quote.years())
                        instanceof ImpliedVol.Found(double vol)
                ? vol
                : null;
    }

    private static String expiries(Map<Instant, List<Quote>> chain) {
        StringBuilder lines = new StringBuilder("""
                | expiry | days | quotes | fitted | RMSE, vol points | least g | area | mean / forward |
                |---|---|---|---|---|---|---|---|
                """);
        chain.forEach((expiration, quotes) -> {
            double years = quotes.getFirst().years();
            List<SviFit.Point> points = quotes.stream()
                    .filter(quote -> quote.outOfTheMoney() && quote.markVol() > 0)
                    .map(quote -> new SviFit.Point(quote.k(), quote.markVol(), 1))
                    .toList();
            SviFit fit = SviFit.fit(points, years, quotes.getFirst().forward());
            DensityCurve density = DensityCurve.of(fit.slice(), 2_000);
            lines.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %d | %d | %.3f | %.4f | %.5f | %.5f |%n",
                    LocalDate.ofInstant(expiration, ZoneOffset.UTC),
                    years * 365,
                    quotes.size(),
                    points.size(),
                    fit.rmseVolPoints(),
                    fit.leastG(),
                    density.area(),
                    density.meanOverForward()));
        });
        return lines.toString();
    }

    private String market() {
        JsonPath profile = body("/api/analytics/gamma-profile?currency=BTC&date=2024-04-01");
        JsonPath gex = body("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-01");
        JsonPath density = body("/api/probability/density?currency=BTC&dte=30&date=2024-04-01");
        double volume =
                jdbi.withHandle(h -> h.createQuery("select sum(volume_usd) from oi_snapshots where currency = 'BTC'")
                        .mapTo(Double.class)
                        .one());
        double contracts =
                jdbi.withHandle(h -> h.createQuery("select sum(volume) from oi_snapshots where currency = 'BTC'")
                        .mapTo(Double.class)
                        .one());
        return String.format(
                Locale.ROOT,
                """
                | market | |
                |---|---|
                | gamma profile at | %s, %d instruments, %d of them at their own mark vol |
                | net GEX | %.0f USD per 1 %% move, regime %s |
                | the vendor's own sum | %.0f USD per 1 %% move, one deviation of its rounding %.0f |
                | gamma flips | %s |
                | density of 30 days | %s, area %.5f, mean / forward %.5f, surface of %s |
                | 24 h volume of the chain | %.0f USD, %.1f contracts |
                """,
                profile.getString("as_of"),
                profile.getInt("instruments"),
                profile.getInt("by_mark_vol"),
                gex.getDouble("points[0].net_gex"),
                gex.getString("points[0].regime"),
                gex.getDouble("points[0].vendor_net_gex"),
                gex.getDouble("points[0].rounding_band"),
                profile.getList("flips", Double.class).stream()
                        .map(flip -> String.format(Locale.ROOT, "%.2f", flip))
                        .collect(Collectors.joining(", ")),
                density.getString("density_quality.state"),
                density.getDouble("density_quality.area"),
                density.getDouble("density_quality.mean_over_forward"),
                density.getString("density_quality.surface_timestamp"),
                volume,
                contracts);
    }

    private static JsonPath body(String path) {
        return SnapshotHouse.get(path).extract().jsonPath();
    }
}
