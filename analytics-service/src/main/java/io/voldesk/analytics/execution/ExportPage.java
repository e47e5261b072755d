package io.voldesk.analytics.execution;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.model.ExportedExecution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the export, whole: one execution a line, and at its end a line with the count. A page without its count, or with another
 * number of lines, was cut on its way, and is not one of fewer changes; an empty one is not one of none.
 */
@RegisterForReflection(targets = {ExportedExecution.class, ExportPage.End.class}) // read line by line
record ExportPage(List<ExportedExecution> rows) {
    /** The last line. */
    record End(@JsonProperty(required = true) Long rows) {}

    /** Why a page is not taken over. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String message, Throwable why) {
            super(message, why);
        }
    }

    /** @throws Unreadable where the page is cut or is none */
    static ExportPage read(byte[] ndjson, ObjectMapper json) {
        List<String> lines = ndjson == null
                ? List.of()
                : new String(ndjson, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
        if (lines.isEmpty()) {
            throw new Unreadable("the export of trade-sync-service is empty: it has no count", null);
        }
        long counted = count(lines.getLast(), lines.size() - 1, json);
        if (counted != lines.size() - 1) {
            throw new Unreadable(
                    "the export of trade-sync-service is cut: it holds " + (lines.size() - 1) + " rows and counts "
                            + counted,
                    null);
        }
        ObjectReader reader = json.readerFor(ExportedExecution.class);
        List<ExportedExecution> rows = new ArrayList<>(lines.size());
        for (String line : lines.subList(0, lines.size() - 1)) {
            rows.add(row(line, reader));
        }
        return new ExportPage(rows);
    }

    private static long count(String last, int rows, ObjectMapper json) {
        try {
            Long counted = json.readerFor(End.class).<End>readValue(last).rows();
            if (counted != null) {
                return counted;
            }
            throw new IOException("a count of null");
        } catch (IOException e) {
            throw new Unreadable("the export of trade-sync-service is cut: no count after " + rows + " rows", e);
        }
    }

    private static ExportedExecution row(String line, ObjectReader reader) {
        try {
            ExportedExecution row = reader.readValue(line);
            if (row.identity() == null || row.currency() == null) {
                // while both services are upgraded, the other may not tell them yet
                throw new Unreadable(
                        "the export of trade-sync-service has an execution without identity or currency", null);
            }
            return row;
        } catch (IOException e) {
            throw new Unreadable("the export of trade-sync-service cannot be read", e);
        }
    }
}
