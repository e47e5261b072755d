package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Streams;
import io.voldesk.model.ExportedExecution;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/**
 * The export analytics keeps its projection from: NDJSON, one {@link ExportedExecution} a line, by number of change, and a last line
 * with their count, without which the answer is not whole.
 */
@RegisterForReflection(targets = ExportedExecution.class) // written line by line
@Path("/internal/executions")
@RunOnVirtualThread
public class ExportResource {
    private final ExecutionExport export;
    private final Streams streams;
    private final ObjectWriter lines;

    public ExportResource(ExecutionExport export, Streams streams, ObjectMapper json) {
        this.export = export;
        this.streams = streams;
        this.lines = json.writerFor(ExportedExecution.class);
    }

    @GET
    @Path("/export")
    public Response export(
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("50000") @Min(1) @Max(1_000_000) int limit) {
        return streams.answer(export.changes(source.code(), after, limit), new Format.Ndjson<>(null, lines));
    }
}
