package io.voldesk.analytics.market;

import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Market states and option quotes for many executions, in as few calls as the other side takes. */
@ApplicationScoped
public class MarketData {
    private static final int INSTANTS_A_CALL = 20_000;
    private static final int WINDOWS_A_CALL = 500;

    private final SnapshotApi snapshot;

    public MarketData(@RestClient SnapshotApi snapshot) {
        this.snapshot = snapshot;
    }

    /** Market data could not be asked; nothing was learned about any row. */
    public static final class Unreachable extends RuntimeException {
        Unreachable(String message, Throwable why) {
            super(message, why);
        }
    }

    /** In the order of the instants. */
    public List<MarketContextLookup.MarketState> statesNear(String currency, List<Instant> instants) {
        List<MarketContextLookup.MarketState> states = new ArrayList<>(instants.size());
        for (int from = 0; from < instants.size(); from += INSTANTS_A_CALL) {
            List<Instant> part = instants.subList(from, Math.min(from + INSTANTS_A_CALL, instants.size()));
            states.addAll(ask(() -> snapshot.marketContext(new MarketContextLookup.Request(currency, part)))
                    .states());
        }
        return states;
    }

    /** In the order of the windows. */
    public List<QuoteLookup.Found> quotes(List<QuoteLookup.Window> windows) {
        List<QuoteLookup.Found> found = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += WINDOWS_A_CALL) {
            List<QuoteLookup.Window> part = windows.subList(from, Math.min(from + WINDOWS_A_CALL, windows.size()));
            found.addAll(
                    ask(() -> snapshot.quotes(new QuoteLookup.Request(part))).windows());
        }
        return found;
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (VendorFailure e) {
            throw new Unreachable(e.getMessage(), e);
        } catch (ProcessingException e) {
            throw new Unreachable("snapshot-service did not answer", e);
        }
    }
}
