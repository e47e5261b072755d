package io.voldesk.analytics.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.ExportedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The local copy of the executions. Each page of the export and the number it reaches to are one transaction, so a repeated or
 * broken pull neither loses nor doubles a row; a page that is not whole is not taken over, and the next pull asks for it again.
 */
@ApplicationScoped
public class Projection {
    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final int PAGE = 20_000;
    public static final String ALPHA_SYNC = "alpha_sync";

    private final ExportApi tradeSync;
    private final ProjectionStore store;
    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    public Projection(
            @RestClient ExportApi tradeSync, ProjectionStore store, Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.tradeSync = tradeSync;
        this.store = store;
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    /** @throws io.voldesk.kit.problem.Problem 400 where the source is none */
    public static String source(String sent) {
        return Params.oneOf("source", sent, ALPHA_SYNC, Set.of(ALPHA_SYNC));
    }

    /** Pulls what has changed since the last pull. Answers why it could not: the projection stays where it is then, and says so. */
    public Optional<String> catchUp(String source) {
        try {
            while (jdbi.inTransaction(handle -> pullPage(handle, source)) == PAGE) {
                LOG.debug("another page of the export");
            }
            return Optional.empty();
        } catch (ExportPage.Unreadable e) {
            LOG.warnf("the projection stays where it is: %s", e.getMessage());
            LOG.debug("why the projection stays where it is", e);
            store.failed(source, e.getMessage(), clock.instant());
            return Optional.of(e.getMessage());
        }
    }

    /** The lock and its connection are held over the call: two instances would else take the same page over, one after the other. */
    private int pullPage(Handle handle, String source) {
        store.lock(handle);
        long after = store.reached(handle, source);
        Instant asked = clock.instant();
        List<ExportedExecution> rows =
                ExportPage.read(export(source, after), json).rows();
        boolean moved = !rows.isEmpty();
        if (moved) {
            store.store(handle, rows);
        }
        store.reach(
                handle,
                source,
                moved ? rows.getLast().changeSeq() : after,
                moved,
                rows.size() < PAGE ? asked : null,
                clock.instant());
        return rows.size();
    }

    private byte[] export(String source, long after) {
        try {
            return tradeSync.export(source, after, PAGE);
        } catch (VendorFailure e) {
            throw new ExportPage.Unreadable(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new ExportPage.Unreadable("trade-sync-service did not answer, or its export broke off", e);
        }
    }

    public ProjectionStore.Position position(String source) {
        return store.position(source, clock.instant());
    }
}
