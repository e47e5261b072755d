package io.voldesk.kit.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * CSV that people open in a spreadsheet: RFC 4180, UTF-8, nothing in it a formula. A text that a spreadsheet would take for one
 * gets an apostrophe in front (OWASP, CSV injection); numbers stay as they are.
 */
public final class SheetCsv implements Closeable {
    /** What begins a formula, or is skipped before one; the last four are the full-width forms of the first. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n＝＋－＠";

    private final CSVPrinter printer;

    public SheetCsv(OutputStream out) throws IOException {
        printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180);
    }

    /**
     * Writes one record.
     *
     * @param cells null for an empty cell
     * @throws UncheckedIOException where the reader has gone
     */
    public void row(Collection<?> cells) {
        try {
            for (Object cell : cells) {
                printer.print(plain(cell));
            }
            printer.println();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object plain(Object cell) {
        if (cell == null || cell instanceof Number) {
            return cell;
        }
        String text = cell.toString();
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** Hands on what is written so far; for whoever may not close the stream beneath. */
    public void flush() throws IOException {
        printer.flush();
    }

    @Override
    public void close() throws IOException {
        printer.close();
    }
}
