package io.voldesk.tradesync.alpha;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlphaFeedTest {
    private static AlphaFeed feed(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "voldesk.alpha.portfolio-names", "ICOI,IMST",
                "voldesk.alpha.feed-key", "key",
                "voldesk.alpha.api-key", "key"));
        values.putAll(more);
        return new AlphaFeed(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(AlphaSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(AlphaSettings.class));
    }

    /** What the address asks for stays as it is written, a word without a value among it; what each request sets is the request's. */
    @ParameterizedTest
    @CsvSource({
        "https://oms.example/alpha/optionTrades/export,https://oms.example/alpha/optionTrades/export",
        "https://oms.example/x?desk=ny%20vol&raw&fund%5Fid=a%26b,https://oms.example/x?desk=ny%20vol&raw&fund%5Fid=a%26b",
        "https://oms.example/x?limit=5&raw&include%5Fpending=true,https://oms.example/x?raw",
        "https://oms.example/x?&&,https://oms.example/x"
    })
    void theAddressKeepsWhatItAsksForByItself(String configured, String asked) {
        assertEquals(asked, feed(Map.of("voldesk.alpha.feed-url", configured)).url());
    }

    @Test
    void aProfilesPathStandsBeforeTheQuery() {
        assertEquals(
                "https://oms.example/base/v1/executions?raw",
                feed(Map.of("voldesk.alpha.base-url", "https://oms.example/base/?raw"))
                        .url());
    }

    @Test
    void moreThanTwentyPortfoliosAreAConfigurationError() {
        String many = IntStream.range(0, 21).mapToObj(n -> "P" + n).collect(Collectors.joining(","));
        assertEquals(
                List.of("ALPHA_TRADE_FEED_PORTFOLIOS must name one to 20 portfolios"),
                feed(Map.of("voldesk.alpha.feed-url", "https://oms.example", "voldesk.alpha.portfolio-names", many))
                        .configurationErrors());
    }
}
