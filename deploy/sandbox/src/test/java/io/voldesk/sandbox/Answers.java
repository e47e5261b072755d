package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Vendor answers of one coin that the contract tests hold to the same identities: the recorded ones, and those of the
 * simulated market. What a field means is settled by the recording; the sandbox has to follow it.
 *
 * @param linear whether premiums are in dollars instead of coin
 */
record Answers(String name, String code, boolean linear, Instant day) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS");
    private static final SimulatedRows SIMULATED = new SimulatedRows(JSON, new SimulatedMarket());

    enum DataSet {
        INDEX("realized-volatility/implied-vs-realized", "btc-implied-vs-realized-2024-04.json"),
        GAMMA("trades-flow/gamma-exposures-snapshots", "btc-gamma-exposures-2024-04-01.json"),
        CHAIN("volatility/level-1-quotes", "btc-level-1-quotes-2024-04-01.json"),
        FLOATING("volatility/delta-surfaces/floating", "btc-delta-surface-floating-2024-04-01.json"),
        CONSTANT("volatility/delta-surfaces/constant", "btc-delta-surface-constant-2024-04-01.json"),
        DVOL_HOURS("volatility/index", "btc-dvol-2024-04-01.json"),
        DVOL_MINUTES("volatility/index", "btc-dvol-minutes-2024-04-01T00.json");

        final String endpoint;
        final String file;

        DataSet(String endpoint, String file) {
            this.endpoint = endpoint;
            this.file = file;
        }
    }

    static final Answers RECORDED = new Answers("recorded BTC", "BTC", false, Instant.parse("2024-04-01T00:00:00Z"));

    static Stream<Answers> all() {
        return Stream.concat(Stream.of(RECORDED), simulated());
    }

    static Stream<Answers> simulated() {
        return Stream.of(simulated("BTC"), simulated("ETH"), simulated("SOL_USDC"));
    }

    static Stream<Answers> withDvol() {
        return all().filter(answers -> !answers.linear());
    }

    static Answers simulated(String code) {
        return new Answers("simulated " + code, code, code.endsWith("_USDC"), Instant.parse("2026-03-11T00:00:00Z"));
    }

    /** The same market from another day on. */
    Answers onDay(Instant other) {
        return new Answers(name, code, linear, other);
    }

    boolean recorded() {
        return this == RECORDED;
    }

    /** Rows of the recorded span, or of the simulated day (the month for the index), in order of time. */
    List<JsonNode> rows(DataSet set) {
        Instant to = day.plusSeconds(86_399);
        List<JsonNode> rows = recorded()
                ? rows(recording(set.file))
                : list(SIMULATED.of(
                        set.endpoint,
                        code,
                        day,
                        switch (set) {
                            case INDEX -> day.plusSeconds(30 * 86_400L - 1);
                            case DVOL_MINUTES -> day.plusSeconds(3_599);
                            default -> to;
                        },
                        Map.of("timeInterval", set == DataSet.DVOL_MINUTES ? "minutes" : "hours")));
        rows.sort(Comparator.comparing(Answers::at));
        return rows;
    }

    static List<JsonNode> rows(JsonNode envelope) {
        return list(envelope.path("payload").path("data"));
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> rows = new ArrayList<>();
        array.forEach(rows::add);
        return rows;
    }

    /** A recording shipped with the sandbox or with its tests. */
    static JsonNode recording(String file) {
        try {
            return JSON.readTree(Answers.class.getResource("/recorded/amberdata/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant at(JsonNode row) {
        for (String field : List.of("timestamp", "snapshotTimestamp", "exchangeTimestamp")) {
            if (row.has(field)) {
                return time(row, field);
            }
        }
        throw new IllegalArgumentException("no time in " + row);
    }

    static Instant time(JsonNode row, String field) {
        JsonNode node = row.get(field);
        if (node.isNumber()) {
            return Instant.ofEpochMilli(node.asLong());
        }
        String text = node.asText();
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text, HUMAN).toInstant(ZoneOffset.UTC);
    }

    /** Null where the vendor has none. */
    static Double number(JsonNode row, String field) {
        return row.path(field).isNumber() ? (Double) row.get(field).asDouble() : null;
    }

    /** Years of 365 days between two times of a row. */
    static double years(JsonNode row, String from, String to) {
        return SimulatedMarket.days(time(row, from), time(row, to)) / 365;
    }

    @Override
    public String toString() {
        return name;
    }
}
