package io.voldesk.tradesync.alpha;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Puts the key into the header that the profile names. */
public class AlphaKeyHeader implements ClientRequestFilter {
    private final AlphaFeed feed;

    public AlphaKeyHeader(AlphaFeed feed) {
        this.feed = feed;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(feed.profile().header(), feed.credential());
    }
}
