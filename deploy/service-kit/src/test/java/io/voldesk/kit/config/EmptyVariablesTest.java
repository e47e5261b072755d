package io.voldesk.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmptyVariablesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {"unset,20,20000", "'',20,20000", "' ',20,20000", "90,90,90000"})
    void aVariableSetToNothingLeavesItsDefault(String set, int seconds, long milliseconds) {
        Map<String, String> values = new HashMap<>(
                Map.of("limit.seconds", "${PAGE_SECONDS:20}", "limit.milliseconds", "${PAGE_SECONDS:20}000"));
        if (set != null) {
            values.put("PAGE_SECONDS", set);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        assertEquals(seconds, config.getValue("limit.seconds", int.class));
        assertEquals(milliseconds, config.getValue("limit.milliseconds", long.class));
    }
}
