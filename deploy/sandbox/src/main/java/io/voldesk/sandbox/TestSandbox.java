package io.voldesk.sandbox;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The sandbox as the outside world of a service's tests; {@code voldesk.test.sandbox-url} tells where its switches are. */
public final class TestSandbox implements QuarkusTestResourceLifecycleManager {
    private Sandbox sandbox;

    @Override
    public Map<String, String> start() {
        sandbox = Sandbox.start(0);
        return Map.of(
                "voldesk.test.sandbox-url",
                sandbox.url(),
                "ALPHA_BASE_URL",
                sandbox.url() + "/alpha",
                "ALPHA_API_KEY",
                Sandbox.ALPHA_KEY,
                "AMBERDATA_BASE_URL",
                sandbox.url() + "/amberdata",
                "AMBERDATA_API_KEY",
                Sandbox.AMBERDATA_KEY,
                "SLACK_WEBHOOK_URL",
                sandbox.url() + "/slack/webhook",
                "ADMIN_SECRET",
                "test-secret");
    }

    @Override
    public void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
