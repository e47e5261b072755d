package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.ExportedExecution;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The export analytics keeps its projection from: NDJSON, one {@link ExportedExecution} a line, by number of change. */
@RegisterForReflection(targets = ExportedExecution.class) // written line by line
@Path("/internal/executions")
@RunOnVirtualThread
public class ExportResource {
    private final ExecutionStore store;
    private final ObjectWriter lines;

    public ExportResource(ExecutionStore store, ObjectMapper json) {
        this.store = store;
        this.lines = json.writerFor(ExportedExecution.class).with(new MinimalPrettyPrinter("\n"));
    }

    @GET
    @Path("/export")
    @Produces("application/x-ndjson")
    public StreamingOutput export(
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("50000") @Min(1) @Max(1_000_000) int limit) {
        return out -> {
            try (SequenceWriter writer = lines.writeValues(out)) {
                store.export(source.code(), after, limit, row -> write(writer, row));
            }
        };
    }

    private static void write(SequenceWriter writer, ExportedExecution row) {
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
