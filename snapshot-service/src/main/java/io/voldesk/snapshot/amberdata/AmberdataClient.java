package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.VertxException;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

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

    /** An analytics endpoint, for example {@code volatility/index}. */
    public Answer analytics(String endpoint, Map<String, String> query) {
        return ask(ANALYTICS + endpoint, query);
    }

    /**
     * As {@link #analytics}, but an answer that was received when nothing could change it any more is not asked for again: the
     * archive's stands for it.
     *
     * @param settled from when on the answer is final
     */
    public Answer analyticsOnce(String endpoint, Map<String, String> query, Instant settled) {
        return archive.answerOf(ANALYTICS + endpoint, new TreeMap<>(query), settled, clock.instant())
                .map(this::reread)
                .orElseGet(() -> analytics(endpoint, query));
    }

    /**
     * @throws io.voldesk.kit.vendor.VendorFailure where the vendor refuses
     * @throws AmberdataUnreadable where it cannot be reached or its answer is no envelope
     */
    public Answer ask(String path, Map<String, String> query) {
        if (REPLAYED.isBound()) {
            return archived(path, query)
                    .map(this::reread)
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
        JsonNode envelope = parse(body == null ? new byte[0] : body);
        long rawId = archive.keep(path, sorted, requested, body);
        return answer(envelope, rawId);
    }

    /** An answer read again from its archived bytes. */
    private Answer reread(long rawId) {
        return answer(parse(archive.body(rawId)), rawId);
    }

    private static Answer answer(JsonNode envelope, long rawId) {
        JsonNode payload = envelope.path("payload");
        JsonNode data = payload.isArray() ? payload : payload.path("data");
        List<JsonNode> rows = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(rows::add);
        }
        return new Answer(rows, payload, rawId);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode envelope = JSON.readTree(body);
            if (envelope == null || !envelope.isObject() || !envelope.has("payload")) {
                throw new AmberdataUnreadable("Amberdata's answer is not an envelope with a payload", null);
            }
            return envelope;
        } catch (IOException e) {
            throw new AmberdataUnreadable("Amberdata's answer is not valid JSON", e);
        }
    }
}
