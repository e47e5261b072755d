package io.voldesk.snapshot.amberdata;

import io.smallrye.config.ConfigMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How Amberdata is reached. */
@ConfigMapping(prefix = "voldesk.amberdata")
public interface AmberdataSettings {
    Optional<String> baseUrl();

    Optional<String> apiKey();

    /** By data set (the endpoint after {@code analytics/}) and the desk's currency: the vendor's code where it is another one. */
    Map<String, Map<String, String>> codes();

    default String codeOf(String endpoint, String currency) {
        return codes().getOrDefault(endpoint, Map.of()).getOrDefault(currency, currency);
    }

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
