package io.voldesk.gateway.lineage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.ServiceUrls;
import io.voldesk.kit.admin.AdminSecret;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a shown number comes from: page, endpoint and field, formula, table, vendor endpoint; from one catalogue. */
@Path("/api/lineage")
public class LineageResource {
    private static final Pattern SNAPSHOT_TABLE = Pattern.compile("snapshot\\.([a-z_]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Entry> entries;
    private final ObjectMapper json;
    private final URI snapshot;
    private final AdminSecret secret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public LineageResource(ObjectMapper json, ServiceUrls services, AdminSecret secret) {
        this.json = json;
        this.secret = secret;
        this.snapshot = services.service().get(Route.Service.SNAPSHOT.key());
        try (InputStream in = LineageResource.class.getResourceAsStream("/lineage.json")) {
            entries = json.readValue(in, new TypeReference<List<Entry>>() {}).stream()
                    .collect(Collectors.toMap(Entry::number, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @RegisterForReflection // read from the catalogue, in a list
    public record Entry(
            String number,
            String page,
            String label,
            String endpoint,
            String field,
            String formula,
            String table,
            String source) {}

    /**
     * @param rows the rows the number is drawn from now, table by table, with the archived answers they point to; null where no
     *     currency was named or the number is not drawn from snapshots
     * @param rowsReason why there are none
     */
    public record Traced(
            @JsonUnwrapped Entry entry,
            @Nullable Currency currency,
            @Nullable JsonNode rows,
            @Nullable String rowsReason) {}

    @GET
    @RunOnVirtualThread
    public Traced trace(@QueryParam("number") String number, @QueryParam("currency") Currency currency) {
        if (number == null || number.isBlank()) {
            throw Problem.badField(
                    "number",
                    "is required: one of "
                            + String.join(
                                    ", ", entries.keySet().stream().sorted().toList()));
        }
        Entry entry = entries.get(number);
        if (entry == null) {
            throw Problem.notFound("no number of that name has a lineage");
        }
        String tables = SNAPSHOT_TABLE
                .matcher(entry.table())
                .results()
                .map(match -> match.group(1))
                .filter(table -> !table.equals("raw_payload"))
                .distinct()
                .collect(Collectors.joining(","));
        if (currency == null || tables.isEmpty()) {
            return new Traced(
                    entry, currency, null, tables.isEmpty() ? "not_drawn_from_snapshots" : "no_currency_named");
        }
        return rows(entry, currency, tables);
    }

    private Traced rows(Entry entry, Currency currency, String tables) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(
                                    snapshot.resolve("/internal/lineage?tables=" + tables + "&currency=" + currency))
                            .header(AdminSecret.HEADER, secret.forTheNextService())
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new Traced(entry, currency, json.readTree(answer.body()), null)
                    : new Traced(entry, currency, null, "snapshot_service_answered_" + answer.statusCode());
        } catch (IOException e) {
            return new Traced(entry, currency, null, "snapshot_service_is_not_there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Traced(entry, currency, null, "interrupted");
        }
    }
}
