package io.voldesk.kit.stream;

import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jdbi.v3.core.Jdbi;

/**
 * Answers of any length, whole or visibly broken. All that an answer says is of one moment of the database; how many rows it has is
 * counted and the first is read before its headers go out, so that what fails until then is a problem of its own status; what
 * fails later resets the connection, which every client reports as an error.
 */
@ApplicationScoped
public class Streams {
    /** The header that says how many rows follow. */
    public static final String ROWS = "Voldesk-Rows";

    private final Jdbi jdbi;
    private final Request request;
    private final ServerRequestContext context;
    private final int atOnce;
    private final Semaphore free;

    public Streams(
            Jdbi jdbi,
            Request request,
            ServerRequestContext context,
            @ConfigProperty(name = "voldesk.stream.at-once", defaultValue = "8") int atOnce) {
        this.jdbi = jdbi;
        this.request = request;
        this.context = context;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
    }

    /**
     * The answer of a resource method, to be returned as it is.
     *
     * @throws Problem 404 where there is no row and the selection has words for that; 503 where the database fails before the first
     *     row, or where {@code voldesk.stream.at-once} answers are being read already, each of which holds a connection
     */
    public <T> Response answer(Selection<T> selection, Format<T> format) {
        if (!free.tryAcquire()) {
            throw Problem.unavailable(atOnce + " exports are being read now; ask again when one has ended");
        }
        StreamedAnswer<T> answer;
        try {
            answer = StreamedAnswer.open(jdbi, selection, format, free::release);
        } catch (RuntimeException e) {
            throw DatabaseTrouble.words(e)
                    .map(words -> Problem.unavailable(words + "; nothing was answered yet, ask again"))
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
        Response.ResponseBuilder response =
                Response.ok().type(format.mediaType()).header(ROWS, answer.count());
        if (format.fileName() != null) {
            response.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + format.fileName() + "\"");
        }
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            answer.close();
            return response.build();
        }
        // should the answer never be written, its connection is given back all the same
        context.registerCompletionCallback(failure -> answer.close());
        return response.entity(answer).build();
    }
}
