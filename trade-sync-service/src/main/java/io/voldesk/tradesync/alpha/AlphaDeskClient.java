package io.voldesk.tradesync.alpha;

import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Walks Alpha's pages in order; the next page is fetched and read while the last one is taken in. */
@ApplicationScoped
public class AlphaDeskClient {
    private static final ExecutorService WORKERS = Executors.newVirtualThreadPerTaskExecutor();

    private final AlphaApi api;
    private final AlphaFeed feed;
    private final AlphaSettings settings;

    public AlphaDeskClient(@RestClient AlphaApi api, AlphaFeed feed, AlphaSettings settings) {
        this.api = api;
        this.feed = feed;
        this.settings = settings;
    }

    /**
     * Hands every page to {@code rows}, in order: its rows, and the moment the source says it answers for, null where it says none.
     *
     * @param updatedSince null for the whole scope
     * @param restart called when an expired cursor makes the walk start again: forget all rows so far
     * @throws AlphaWalkFailed when any page could not be had or read, or the cursors run in a loop
     */
    public void walk(Scope scope, Instant updatedSince, Runnable restart, BiConsumer<List<AlphaRow>, Instant> rows) {
        try {
            walkOnce(scope, updatedSince, rows);
        } catch (CursorExpired first) {
            restart.run();
            try {
                walkOnce(scope, updatedSince, rows);
            } catch (CursorExpired second) {
                throw new AlphaWalkFailed("Alpha's cursor expired twice in one run", second);
            }
        }
    }

    private void walkOnce(Scope scope, Instant updatedSince, BiConsumer<List<AlphaRow>, Instant> rows) {
        Set<String> seen = new HashSet<>();
        AlphaPage last = null;
        CompletableFuture<AlphaPage> coming = page(scope, updatedSince, null, 1);
        for (int number = 1; coming != null; number++) {
            AlphaPage page = await(coming);
            String next = page.nextCursor();
            coming = next == null ? null : page(scope, updatedSince, next, number + 1);
            last = take(page, last, number, seen, rows);
        }
    }

    /** Hands a page's rows over, unless it shows that the walk does not get on. */
    private static AlphaPage take(
            AlphaPage page, AlphaPage last, int number, Set<String> seen, BiConsumer<List<AlphaRow>, Instant> rows) {
        if (page.repeats(last)) {
            throw new AlphaWalkFailed("Alpha served the rows of page " + (number - 1) + " again as page " + number);
        }
        if (page.nextCursor() != null
                && (!seen.add(page.nextCursor()) || page.rows().isEmpty())) {
            throw new AlphaWalkFailed("Alpha's cursor after page " + number + " leads back to a page already seen");
        }
        rows.accept(page.rows(), page.asOf());
        return page;
    }

    /** A page is fetched and read while the one before it is stored. */
    private CompletableFuture<AlphaPage> page(Scope scope, Instant updatedSince, String cursor, int number) {
        return CompletableFuture.supplyAsync(
                () -> {
                    byte[] body = api.executions(feed.url(), query(scope, updatedSince, cursor));
                    return AlphaPage.parse(
                            body == null ? new byte[0] : body, number, feed.profile(), settings.pageSize());
                },
                WORKERS);
    }

    private Map<String, String> query(Scope scope, Instant updatedSince, String cursor) {
        Map<String, String> query = new LinkedHashMap<>();
        Map<String, String> names = feed.profile().parameters();
        query.put(names.get("portfolios"), String.join(",", scope.portfolioNames()));
        query.put(names.get("include_pending"), String.valueOf(scope.includePending()));
        query.put(names.get("limit"), String.valueOf(settings.pageSize()));
        if (updatedSince != null) {
            query.put(names.get("updated_since"), updatedSince.toString());
        }
        if (cursor != null) {
            query.put(names.get("cursor"), cursor);
        }
        return query;
    }

    private static AlphaPage await(CompletableFuture<AlphaPage> page) {
        try {
            return page.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case AlphaWalkFailed failed -> throw failed;
                case VendorFailure.Final refused when refused.status() == 410 -> throw new CursorExpired();
                case VendorFailure.Final refused
                when refused.configuration() ->
                    throw new AlphaWalkFailed(AlphaWalkFailed.CONFIGURATION_ERROR + refused.getMessage(), refused);
                case VendorFailure failure -> throw new AlphaWalkFailed(failure.getMessage(), failure);
                case CircuitBreakerOpenException open ->
                    throw new AlphaWalkFailed(
                            "Alpha has failed too often of late and is left alone for some seconds", open);
                case TimeoutException late -> throw new AlphaWalkFailed("Alpha did not answer in time", late);
                case Throwable broken ->
                    throw new AlphaWalkFailed("Alpha could not be read: " + innermost(broken), broken);
            }
        }
    }

    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getClass().getSimpleName();
    }

    private static final class CursorExpired extends RuntimeException {}
}
