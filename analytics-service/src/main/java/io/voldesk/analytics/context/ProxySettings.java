package io.voldesk.analytics.context;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Map;

/** Which dashboard market stands for an underlying, and how near in time its state must be. */
@ConfigMapping(prefix = "voldesk.context")
public interface ProxySettings {
    Map<String, String> proxy();

    Duration tolerance();
}
