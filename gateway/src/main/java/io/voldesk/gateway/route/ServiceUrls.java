package io.voldesk.gateway.route;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Map;

/** Where the services listen. */
@ConfigMapping(prefix = "voldesk.gateway")
public interface ServiceUrls {
    Map<String, URI> service();
}
