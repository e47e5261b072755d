package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Streams;
import io.voldesk.model.ExportedExecution;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;

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
            @QueryParam("source") String source, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        String from = Params.oneOf("source", source, Scope.ALPHA_SYNC, Set.of(Scope.ALPHA_SYNC));
        long since = Params.sequence("after", after, 0);
        int most = Params.integer("limit", limit, 50_000, 1, 1_000_000);
        return streams.answer(export.changes(from, since, most), new Format.Ndjson<>(null, lines));
    }
}
