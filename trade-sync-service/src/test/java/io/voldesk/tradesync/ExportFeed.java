package io.voldesk.tradesync;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.voldesk.sandbox.Sandbox;
import java.util.Map;

/** The service on Alpha's export in place of the sandbox's own shape: the same rows, other names, another key header. */
public final class ExportFeed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "ALPHA_TRADE_FEED_URL",
                "${voldesk.test.sandbox-url}/alpha/optionTrades/export",
                "ALPHA_TRADE_FEED_API_KEY",
                Sandbox.ALPHA_KEY);
    }
}
