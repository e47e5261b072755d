package io.voldesk.kit.stream;

import io.voldesk.kit.csv.SheetCsv;
import io.voldesk.kit.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;

/** An open transaction with its rows counted and the first of them read: what can fail without a word to the caller comes after. */
final class StreamedAnswer<T> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamedAnswer.class);
    private static final int FETCH = 2_000;

    private final Handle handle;
    private final Format<T> format;
    private final Runnable whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long count;
    private ResultIterator<T> rows;

    private StreamedAnswer(Handle handle, Format<T> format, Runnable whenClosed) {
        this.handle = handle;
        this.format = format;
        this.whenClosed = whenClosed;
    }

    /**
     * @throws Problem 404 where there is nothing and the selection has words for it
     * @throws RuntimeException where the database fails; nothing is left open then, {@code whenClosed} has run
     */
    static <T> StreamedAnswer<T> open(Jdbi jdbi, Selection<T> selection, Format<T> format, Runnable whenClosed) {
        Handle handle;
        try {
            handle = jdbi.open();
        } catch (RuntimeException | Error e) {
            whenClosed.run();
            throw e;
        }
        StreamedAnswer<T> answer = new StreamedAnswer<>(handle, format, whenClosed);
        try {
            answer.begin(selection);
            return answer;
        } catch (RuntimeException | Error e) {
            answer.close();
            throw e;
        }
    }

    private void begin(Selection<T> selection) {
        handle.begin();
        handle.execute("set transaction isolation level repeatable read read only");
        var counting = handle.createQuery("select count(*) from (" + selection.sql() + ") counted");
        selection.binding().accept(counting);
        count = counting.mapTo(Long.class).one();
        if (count == 0 && selection.nothing() != null) {
            throw Problem.notFound(selection.nothing());
        }
        var query = handle.createQuery(selection.sql()).setFetchSize(FETCH);
        selection.binding().accept(query);
        rows = query.map(selection.row()).iterator();
        // reads the first of them
        if (rows.hasNext() != count > 0) {
            throw new IllegalStateException("the rows are not those that were counted");
        }
    }

    long count() {
        return count;
    }

    Format<T> format() {
        return format;
    }

    /** @throws IOException where the reader has gone */
    void writeTo(OutputStream out) throws IOException {
        long written = switch (format) {
            case Format.Csv<T> csv -> csv(csv, out);
            case Format.Ndjson<T> ndjson -> ndjson(ndjson, out);
        };
        if (written != count) {
            throw new IllegalStateException(written + " rows were read of " + count + " counted");
        }
    }

    private long csv(Format.Csv<T> csv, OutputStream out) throws IOException {
        long written = 0;
        // not closed here: its end would be the answer's end, a clean one
        SheetCsv sheet = new SheetCsv(out);
        sheet.row(csv.columns());
        for (; rows.hasNext(); written++) {
            sheet.row(csv.cells().apply(rows.next()));
        }
        sheet.flush();
        return written;
    }

    private long ndjson(Format.Ndjson<T> ndjson, OutputStream out) throws IOException {
        long written = 0;
        for (; rows.hasNext(); written++) {
            out.write(ndjson.lines().writeValueAsBytes(rows.next()));
            out.write('\n');
        }
        out.write(("{\"rows\":" + written + "}\n").getBytes(StandardCharsets.UTF_8));
        return written;
    }

    /** Gives the connection back; once, however often it is called. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            quietly(Handle::rollback);
            quietly(Handle::close);
            whenClosed.run();
        }
    }

    private void quietly(Consumer<Handle> end) {
        try {
            end.accept(handle);
        } catch (RuntimeException e) {
            LOG.debug("the connection of a streamed answer had gone", e);
        }
    }
}
