package io.voldesk.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Amberdata's answers: the recorded ones byte for byte where the asked range holds the whole recording, its rows where the
 * range holds part of it, and the simulated market everywhere else. Simulated answers say so in their description.
 */
final class Amberdata {
    private static final String BASE = "/amberdata/markets/derivatives/analytics/";
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS");
    private static final Set<String> KNOWN_PARAMETERS = Set.of(
            "exchange",
            "currency",
            "instrument",
            "isAtm",
            "putCall",
            "startDate",
            "endDate",
            "strike",
            "timeInterval",
            "timeFormat",
            "timestamp",
            "daysBack",
            "daysToExpirationStart",
            "daysToExpirationEnd",
            "expiration",
            "minStrike",
            "maxStrike",
            "asset",
            "pair");

    /** A recording: where it was asked, for which currency and span, and which field dates its rows. */
    private record Recording(String path, String currency, String from, String to, String field, String file) {
        Instant start() {
            return Instant.parse(from);
        }

        Instant end() {
            return Instant.parse(to);
        }
    }

    private static final List<Recording> RECORDINGS = List.of(
            new Recording(
                    "realized-volatility/implied-vs-realized",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-30T23:59:59Z",
                    "timestamp",
                    "btc-implied-vs-realized-2024-04.json"),
            new Recording(
                    "trades-flow/gamma-exposures-snapshots",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-01T23:59:59Z",
                    "snapshotTimestamp",
                    "btc-gamma-exposures-2024-04-01.json"),
            new Recording(
                    "volatility/delta-surfaces/floating",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-02T00:00:00Z",
                    "timestamp",
                    "btc-delta-surface-floating-2024-04-01.json"),
            new Recording(
                    "volatility/delta-surfaces/constant",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-02T00:00:00Z",
                    "timestamp",
                    "btc-delta-surface-constant-2024-04-01.json"),
            new Recording(
                    "volatility/index",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-01T23:59:59Z",
                    "exchangeTimestamp",
                    "btc-dvol-2024-04-01.json"),
            new Recording(
                    "volatility/level-1-quotes",
                    "BTC",
                    "2024-04-01T00:00:00Z",
                    "2024-04-01T23:59:59Z",
                    "timestamp",
                    "btc-level-1-quotes-2024-04-01.json"),
            new Recording(
                    "volatility/delta-surfaces/floating/tradfi",
                    "MSTR",
                    "2024-11-29T00:00:00Z",
                    "2024-11-29T23:59:59Z",
                    "timestamp",
                    "mstr-delta-surface-floating-2024-11-29.json"));

    private final ObjectMapper json;
    private final String apiKey;
    private final SimulatedMarket market;
    private final SimulatedRows rows;
    private final AtomicLong requests = new AtomicLong();

    Amberdata(ObjectMapper json, String apiKey, SimulatedMarket market) {
        this.json = json;
        this.apiKey = apiKey;
        this.market = market;
        this.rows = new SimulatedRows(json, market);
    }

    long requests() {
        return requests.get();
    }

    /** Trade ids of the shipped executions whose fills lie far from the simulated quotes on purpose. */
    List<String> strangeFills() {
        return rows.fills().strange();
    }

    void answer(RoutingContext context) {
        requests.incrementAndGet();
        String path = context.request().path();
        if (!apiKey.equals(context.request().getHeader("x-api-key"))) {
            refuse(context, 403, "Forbidden", "The API key is missing or the plan does not include this endpoint.");
            return;
        }
        Map<String, String> query = context.queryParams().entries().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b));
        for (String name : query.keySet()) {
            if (!KNOWN_PARAMETERS.contains(name)) {
                refuse(context, 400, "BAD REQUEST", "Parameter '" + name + "' is not supported.");
                return;
            }
        }
        if (path.startsWith("/amberdata/markets/spot/reference-rates/")) {
            referenceRate(context, path.substring(path.lastIndexOf('/') + 1));
            return;
        }
        if (!path.startsWith(BASE)) {
            refuse(context, 404, "NOT FOUND", "No such endpoint.");
            return;
        }
        try {
            analytics(context, path.substring(BASE.length()), query);
        } catch (DateTimeParseException e) {
            refuse(context, 400, "BAD REQUEST", "Parameter 'startDate' or 'endDate' is not a timestamp.");
        }
    }

    private void analytics(RoutingContext context, String endpoint, Map<String, String> query) {
        String currency = query.getOrDefault("currency", "");
        Instant now = Instant.now();
        Instant from = parse(query.get("startDate"), now.truncatedTo(ChronoUnit.HOURS));
        Instant to = parse(query.get("endDate"), now);
        if (to.isAfter(now)) {
            to = now;
        }
        for (Recording recording : RECORDINGS) {
            if (recording.path().equals(endpoint)
                    && recording.currency().equals(currency)
                    && !from.isAfter(recording.end())
                    && !to.isBefore(recording.start())
                    && !query.containsKey("instrument")) {
                recorded(context, recording, from, to);
                return;
            }
        }
        if (!rows.knows(currency)) {
            send(context, Buffer.buffer(Recordings.bytes("amberdata/unknown-currency.json")));
            return;
        }
        ArrayNode data = rows.of(endpoint, currency, from, to, query);
        if (data == null) {
            refuse(context, 404, "NOT FOUND", "No such endpoint.");
            return;
        }
        ObjectNode envelope = json.createObjectNode()
                .put("status", 200)
                .put("title", "OK")
                .put(
                        "description",
                        "Successful request (SIMULATED by the Voldesk sandbox" + rows.remarks(currency, from, to)
                                + ")");
        ObjectNode payload = envelope.putObject("payload");
        payload.putObject("metadata").put("api-version", "2023-09-30");
        payload.set("data", data);
        send(context, Buffer.buffer(write(envelope)));
    }

    private void recorded(RoutingContext context, Recording recording, Instant from, Instant to) {
        byte[] bytes = Recordings.bytes("amberdata/" + recording.file());
        if (!from.isAfter(recording.start()) && !to.isBefore(recording.end())) {
            send(context, Buffer.buffer(bytes));
            return;
        }
        JsonNode envelope = Recordings.json("amberdata/" + recording.file());
        ArrayNode kept = json.createArrayNode();
        for (JsonNode row : envelope.path("payload").path("data")) {
            Instant at = instant(row.path(recording.field()));
            if (!at.isBefore(from) && !at.isAfter(to)) {
                kept.add(row);
            }
        }
        ((ObjectNode) envelope.path("payload")).set("data", kept);
        send(context, Buffer.buffer(write(envelope)));
    }

    /** The plan includes btc only: eth is refused so that the fallback is seen at work. */
    private void referenceRate(RoutingContext context, String asset) {
        if (!asset.equals("btc")) {
            refuse(context, 403, "Forbidden", "The API key is missing or the plan does not include this endpoint.");
            return;
        }
        Instant at = Instant.now().truncatedTo(ChronoUnit.HOURS);
        ObjectNode envelope = json.createObjectNode()
                .put("status", 200)
                .put("title", "OK")
                .put("description", "Successful request (SIMULATED by the Voldesk sandbox)");
        ObjectNode data = envelope.putObject("payload").putObject("data");
        data.put("assetSymbol", asset).put("currency", "usd");
        data.putArray("referenceRates")
                .addObject()
                .put("timestamp", at.toString())
                .put("unitPrice", market.spot("BTC", at));
        send(context, Buffer.buffer(write(envelope)));
    }

    private static Instant parse(String sent, Instant fallback) {
        if (sent == null || sent.isBlank()) {
            return fallback;
        }
        if (sent.matches("\\d{12,14}")) {
            return Instant.ofEpochMilli(Long.parseLong(sent));
        }
        return sent.length() == 10
                ? Instant.parse(sent + "T00:00:00Z")
                : sent.endsWith("Z") || sent.contains("+")
                        ? OffsetDateTime.parse(sent).toInstant()
                        : LocalDateTime.parse(sent).toInstant(ZoneOffset.UTC);
    }

    private static Instant instant(JsonNode node) {
        if (node.isNumber()) {
            return Instant.ofEpochMilli(node.asLong());
        }
        String text = node.asText();
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text, HUMAN).toInstant(ZoneOffset.UTC);
    }

    private void refuse(RoutingContext context, int status, String title, String message) {
        ObjectNode body = json.createObjectNode()
                .put("status", status)
                .put("title", title)
                .put("error", true)
                .put("description", "Request was invalid or cannot be served. See message for details")
                .put("message", message);
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(write(body));
    }

    private static void send(RoutingContext context, Buffer body) {
        context.response().putHeader("Content-Type", "application/json").end(body);
    }

    private String write(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
