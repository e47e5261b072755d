package io.voldesk.gateway.lineage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where a shown number comes from: page, endpoint and field, formula, table, vendor endpoint; from one catalogue. */
@Path("/api/lineage")
public class LineageResource {
    private final Map<String, Entry> entries;

    public LineageResource(ObjectMapper json) {
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

    @GET
    public Entry trace(@QueryParam("number") String number) {
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
        return entry;
    }
}
