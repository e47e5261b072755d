package io.voldesk.tradesync.alpha;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The feed as it is configured: its profile, its address and its key, or what is wrong with them. */
@ApplicationScoped
public class AlphaFeed {
    private static final String EXPORT = "alpha-export";
    private static final String EXECUTIONS = "voldesk";

    private final AlphaSettings settings;
    private final FeedProfile profile;
    private final String wrongProfile;

    public AlphaFeed(AlphaSettings settings) {
        this.settings = settings;
        FeedProfile loaded = null;
        String wrong = null;
        try {
            loaded = FeedProfile.load(settings.profile()
                    .filter(p -> !p.isBlank())
                    .orElse(settings.feedUrl().isPresent() ? EXPORT : EXECUTIONS));
        } catch (IllegalArgumentException e) {
            wrong = e.getMessage();
        }
        this.profile = loaded;
        this.wrongProfile = wrong;
    }

    /** What is missing or wrong for calling Alpha; empty when nothing is. */
    public List<String> configurationErrors() {
        List<String> errors = new ArrayList<>();
        if (wrongProfile != null) {
            errors.add("ALPHA_FEED_PROFILE: " + wrongProfile);
        }
        if (address().isEmpty()) {
            errors.add("ALPHA_TRADE_FEED_URL or ALPHA_BASE_URL is not set");
        }
        if (key().isEmpty()) {
            errors.add(
                    settings.feedUrl().isPresent()
                            ? "ALPHA_TRADE_FEED_API_KEY is not set"
                            : "ALPHA_API_KEY is not set");
        }
        if (settings.portfolioNames().isEmpty() || settings.portfolioNames().size() > Scope.MOST_PORTFOLIOS) {
            errors.add("ALPHA_TRADE_FEED_PORTFOLIOS must name one to " + Scope.MOST_PORTFOLIOS + " portfolios");
        }
        return errors;
    }

    FeedProfile profile() {
        if (profile == null) {
            throw new IllegalStateException(wrongProfile);
        }
        return profile;
    }

    /** The name of the profile in use; null where it cannot be read. */
    public String profileName() {
        return profile == null ? null : profile.name();
    }

    /** The address with what it asks for by itself, as it is written there; but for the parameters that each request sets. */
    String url() {
        String address = address().orElseThrow();
        int query = address.indexOf('?');
        String plain = query < 0 ? address : address.substring(0, query);
        String route = profile().path().isEmpty()
                ? plain
                : plain.replaceAll("/+$", "") + profile().path();
        String own = query < 0 ? "" : own(address.substring(query + 1));
        return own.isEmpty() ? route : route + "?" + own;
    }

    private String own(String query) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .filter(parameter -> !profile().parameters().containsValue(name(parameter)))
                .collect(Collectors.joining("&"));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return URLDecoder.decode(equals < 0 ? parameter : parameter.substring(0, equals), UTF_8);
    }

    String credential() {
        return profile().credential(key().orElseThrow());
    }

    private Optional<String> address() {
        return settings.feedUrl().or(settings::baseUrl);
    }

    private Optional<String> key() {
        return settings.feedUrl().isPresent() ? settings.feedKey() : settings.apiKey();
    }
}
