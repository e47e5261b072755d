package io.voldesk.kit.db;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Streams rows into a table by COPY, in the caller's transaction. */
public final class CsvCopy {
    private static final CSVFormat FORMAT = CSVFormat.Builder.create(CSVFormat.POSTGRESQL_CSV)
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setNullString("")
            .setRecordSeparator('\n')
            .get();
    private static final int BUFFER = 1 << 18;

    private CsvCopy() {}

    /** Prints records, one per row; a null value is NULL, an empty text stays an empty text. */
    public interface Rows {
        void print(CSVPrinter out) throws IOException;
    }

    /** @param target a table, with its column list where not all are given: {@code execution (id, price)} */
    public static void into(Handle handle, String target, Rows rows) {
        String sql = "copy " + target + " from stdin (format csv)";
        try {
            PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
            try (var writer = new OutputStreamWriter(
                            new PGCopyOutputStream(connection, sql, BUFFER), StandardCharsets.UTF_8);
                    var out = new CSVPrinter(writer, FORMAT)) {
                rows.print(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("COPY into " + target + " failed", e);
        }
    }
}
