package io.voldesk.kit.stream;

import io.vertx.core.Vertx;
import io.voldesk.kit.db.DatabaseTrouble;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes a streamed answer to its end or resets the connection: the framework would end a broken answer like a whole one. A
 * caller that takes longer than {@code voldesk.stream.longest} to read is cut off too, for it holds a database connection.
 */
@Provider
@Produces(MediaType.WILDCARD)
public class StreamWriter implements ServerMessageBodyWriter<StreamedAnswer<?>> {
    private static final Logger LOG = Logger.getLogger(StreamWriter.class);

    private final Vertx vertx;
    private final long longest;

    public StreamWriter(
            Vertx vertx, @ConfigProperty(name = "voldesk.stream.longest", defaultValue = "PT10M") Duration longest) {
        this.vertx = vertx;
        this.longest = longest.toMillis();
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return StreamedAnswer.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return StreamedAnswer.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(StreamedAnswer<?> answer, Type generic, ServerRequestContext context) throws IOException {
        Thread writing = Thread.currentThread();
        long timer = vertx.setTimer(longest, late -> writing.interrupt());
        // not the context's own stream, which it would end however the writing went
        OutputStream out = context.serverResponse().createResponseOutputStream();
        boolean whole = false;
        try (answer) {
            answer.writeTo(out);
            whole = true;
        } catch (IOException | RuntimeException e) {
            String why = DatabaseTrouble.words(e).orElse(e.toString());
            LOG.warnf("an answer of %d rows was broken off: %s", (Long) answer.count(), why);
            LOG.debug("why an answer was broken off", e);
        } finally {
            boolean inTime = vertx.cancelTimer(timer) && !Thread.interrupted();
            if (!whole || !inTime) {
                context.serverResponse().reset();
            }
            whole &= inTime;
        }
        if (whole) {
            out.close();
        }
    }

    /** For a context that is not the server's; there is none. */
    @Override
    public void writeTo(
            StreamedAnswer<?> answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        try (answer) {
            answer.writeTo(out);
        }
    }
}
