package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.VertxException;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks Amberdata, archives the answer before anything is read from it, and gives the rows with the archive's id. */
@ApplicationScoped
public class AmberdataClient {
    private static final String ANALYTICS = "/markets/derivatives/analytics/";

    private final AmberdataApi api;
    private final AmberdataSettings settings;
    private final RawArchive archive;
    private final Clock clock;

    public AmberdataClient(@RestClient AmberdataApi api, AmberdataSettings settings, RawArchive archive, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.archive = archive;
        this.clock = clock;
    }

    /** The time of the run whose archived answers stand for the vendor's, while {@link #replaying} is on the stack. */
    private record Run(Instant started, Instant finished) {}

    private static final ScopedValue<Run> REPLAYED = ScopedValue.newInstance();

    /**
     * Does {@code work} with the answers that the archive kept of a run, in place of asking the vendor.
     *
     * @throws AmberdataUnreadable out of {@code work} where it asks what the run did not ask
     */
    public <T> T replaying(Instant started, Instant finished, Supplier<T> work) {
        return ScopedValue.where(REPLAYED, new Run(started, finished)).call(work::get);
    }

    /** @param rows {@code payload.data}; empty where the vendor has nothing for the question */
    public record Answer(List<JsonNode> rows, JsonNode payload, long rawId) {}

    /** An analytics endpoint's rows of one Deribit currency in a range of time, both ends included. */
    public Answer deribit(String endpoint, String currency, Instant from, Instant to, Map<String, String> more) {
        Map<String, String> query = new TreeMap<>(more);
        query.put("exchange", "deribit");
        query.put("currency", settings.codeOf(endpoint, currency));
        query.put("startDate", from.toString());
        query.put("endDate", to.toString());
        if (REPLAYED.isBound() && archived(ANALYTICS + endpoint, query).isEmpty()) {
            // a run of before may have asked by another code
            query.put("currency", currency);
        }
        return analytics(endpoint, query);
    }

    private Optional<Long> archived(String path, Map<String, String> query) {
        Run run = REPLAYED.get();
        return archive.answerOf(path, new TreeMap<>(query), run.started(), run.finished());
    }

    /** The option chain of one hour: the first observation of each instrument in it. */
    public Answer chainOf(String currency, Instant hour) {
        return deribit(
                "volatility/level-1-quotes",
                currency,
                hour,
                hour.plusSeconds(3_599),
                Map.of("timeInterval", "hours", "timeFormat", "iso"));
    }

    /** The rows of an analytics endpoint, for example {@code volatility/index}. */
    private Answer analytics(String endpoint, Map<String, String> query) {
        return ask(ANALYTICS + endpoint, query, true);
    }

    /** An endpoint that answers a document: {@code rows} is empty, all is in {@code payload}. */
    public Answer document(String path, Map<String, String> query) {
        return ask(path, query, false);
    }

    /**
     * As {@link #analytics}, but an answer that was received when nothing could change it any more is not asked for again: the
     * archive's stands for it.
     *
     * @param settled from when on the answer is final
     */
    public Answer analyticsOnce(String endpoint, Map<String, String> query, Instant settled) {
        return archive.answerOf(ANALYTICS + endpoint, new TreeMap<>(query), settled, clock.instant())
                .map(id -> reread(id, true))
                .orElseGet(() -> analytics(endpoint, query));
    }

    /**
     * @throws io.voldesk.kit.vendor.VendorFailure where the vendor refuses
     * @throws AmberdataUnreadable where it cannot be reached or its answer is no envelope with what was asked for
     */
    private Answer ask(String path, Map<String, String> query, boolean rows) {
        if (REPLAYED.isBound()) {
            return archived(path, query)
                    .map(id -> reread(id, rows))
                    .orElseThrow(
                            () -> new AmberdataUnreadable("the archive has no answer of this run to " + path, null));
        }
        if (!settings.configurationErrors().isEmpty()) {
            throw Problem.unavailable("configuration error: " + String.join("; ", settings.configurationErrors()));
        }
        Map<String, String> sorted = new TreeMap<>(query);
        Instant requested = clock.instant();
        byte[] body;
        try {
            body = api.get(
                    settings.baseUrl().orElseThrow() + path, settings.apiKey().orElseThrow(), sorted);
        } catch (WebApplicationException e) {
            throw new AmberdataUnreadable(
                    "Amberdata answered " + e.getResponse().getStatus() + ", which is no answer", e);
        } catch (ProcessingException | VertxException e) {
            throw new AmberdataUnreadable("Amberdata could not be read", e);
        } catch (TimeoutException e) {
            throw new AmberdataUnreadable("Amberdata did not answer in time", e);
        } catch (CircuitBreakerOpenException e) {
            throw new AmberdataUnreadable(
                    "Amberdata has failed too often of late and is left alone for some seconds", e);
        } catch (FaultToleranceException e) {
            throw new AmberdataUnreadable("too many questions to Amberdata at once", e);
        }
        Envelope envelope;
        try {
            envelope = Envelope.read(body, rows);
        } catch (AmberdataUnreadable e) {
            archive.keepUnreadable(path, sorted, requested, body == null ? new byte[0] : body);
            throw e;
        }
        return envelope.answer(archive.keep(path, sorted, requested, body));
    }

    /** An answer read again from its archived bytes. */
    private Answer reread(long rawId, boolean rows) {
        return Envelope.read(archive.body(rawId), rows).answer(rawId);
    }
}
