package io.voldesk.snapshot.amberdata;

import io.smallrye.config.ConfigMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How Amberdata is reached. */
@ConfigMapping(prefix = "voldesk.amberdata")
public interface AmberdataSettings {
    Optional<String> baseUrl();

    Optional<String> apiKey();

    default List<String> configurationErrors() {
        List<String> errors = new ArrayList<>();
        if (baseUrl().filter(u -> !u.isBlank()).isEmpty()) {
            errors.add("AMBERDATA_BASE_URL is not set");
        }
        if (apiKey().filter(k -> !k.isBlank()).isEmpty()) {
            errors.add("AMBERDATA_API_KEY is not set");
        }
        return errors;
    }
}
