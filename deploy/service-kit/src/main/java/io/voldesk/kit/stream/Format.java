package io.voldesk.kit.stream;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** How the rows of a streamed answer are written. */
public sealed interface Format<T> {
    String mediaType();

    /** The name a browser saves it under; null where it is not meant to be saved. */
    String fileName();

    /**
     * CSV for spreadsheets, one record a row under a heading; how many there are is told by the header {@link Streams#ROWS} alone.
     *
     * @param cells of a row, as many as there are columns
     */
    record Csv<T>(String fileName, List<String> columns, Function<T, ? extends Collection<?>> cells)
            implements Format<T> {
        @Override
        public String mediaType() {
            return "text/csv; charset=utf-8";
        }
    }

    /**
     * NDJSON: one object a row and line, and a last line <code>{"rows": N}</code>.
     *
     * @param lines writes a row without a line break in it
     */
    record Ndjson<T>(String fileName, ObjectWriter lines) implements Format<T> {
        @Override
        public String mediaType() {
            return "application/x-ndjson";
        }
    }
}
