package io.voldesk.tradesync.alpha;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How Alpha is reached, and the portfolios in scope. */
@ConfigMapping(prefix = "voldesk.alpha")
public interface AlphaSettings {
    /** The whole address of an export; where it is set, {@link #baseUrl} is not looked at. */
    Optional<String> feedUrl();

    Optional<String> feedKey();

    Optional<String> baseUrl();

    Optional<String> apiKey();

    /** A shipped profile's name or a file; by default the one that belongs to the address given. */
    Optional<String> profile();

    List<String> portfolioNames();

    /** Of requests that do not say. */
    @WithDefault("false")
    boolean includePending();

    @WithDefault("500")
    int pageSize();

    /** Re-read before the watermark: rows appear up to five minutes late. */
    @WithDefault("PT10M")
    Duration overlap();

    Schedule schedule();

    /** The sync by schedule, and the bounds within which it needs nobody. */
    interface Schedule {
        /** {@code off} for none. */
        @WithDefault("off")
        String cron();

        /** New and changed executions, at most. */
        @WithDefault("500")
        long maxChanged();

        /** Premium of them, in USD either way, at most. */
        @WithDefault("100000000")
        BigDecimal maxPremiumUsd();
    }
}
