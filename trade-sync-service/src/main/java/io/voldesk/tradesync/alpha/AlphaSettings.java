package io.voldesk.tradesync.alpha;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How Alpha is reached, and the portfolios in scope. */
@ConfigMapping(prefix = "voldesk.alpha")
public interface AlphaSettings {
    Optional<String> baseUrl();

    Optional<String> apiKey();

    List<String> portfolioNames();

    @WithDefault("500")
    int pageSize();

    /** Re-read before the watermark: rows appear up to five minutes late. */
    @WithDefault("PT10M")
    Duration overlap();

    /** What is missing for calling Alpha; empty when nothing is. */
    default List<String> configurationErrors() {
        List<String> errors = new ArrayList<>();
        if (baseUrl().filter(u -> !u.isBlank()).isEmpty()) {
            errors.add("ALPHA_BASE_URL is not set");
        }
        if (apiKey().filter(k -> !k.isBlank()).isEmpty()) {
            errors.add("ALPHA_API_KEY is not set");
        }
        if (portfolioNames().isEmpty()) {
            errors.add("ALPHA_PORTFOLIO_NAMES is empty");
        }
        return errors;
    }
}
