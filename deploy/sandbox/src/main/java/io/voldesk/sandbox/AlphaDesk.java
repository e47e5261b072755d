package io.voldesk.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The OMS/PMS of the sandbox: serves executions as the contract says, from rows that the control API can change. */
final class AlphaDesk {
    private static final Duration CURSOR_LIFE = Duration.ofMinutes(10);

    private record Key(Instant updatedAt, String tradeId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::updatedAt)
                    .thenComparing(Key::tradeId)
                    .compare(this, other);
        }
    }

    private final ObjectMapper json;
    private final String apiKey;
    private final TreeMap<Key, JsonNode> rows = new TreeMap<>();
    private List<byte[]> script = List.of();
    private long requests;

    AlphaDesk(ObjectMapper json, String apiKey) {
        this.json = json;
        this.apiKey = apiKey;
        reset();
    }

    synchronized void reset() {
        rows.clear();
        script = List.of();
        upsert(Recordings.json("alpha/executions.json").path("data"));
    }

    /** Serves these bytes instead of the rows: the first page, then the page a cursor {@code page-N} asks for. */
    synchronized void play(List<byte[]> pages) {
        script = List.copyOf(pages);
    }

    synchronized void replaceAll(JsonNode data) {
        rows.clear();
        upsert(data);
    }

    /** Adds rows, each in place of an earlier row of its trade_id; a row without one is simply added. */
    synchronized void upsert(JsonNode data) {
        Set<String> ids = data.findValuesAsText("trade_id").stream().collect(Collectors.toSet());
        rows.keySet().removeIf(key -> ids.contains(key.tradeId()));
        for (JsonNode row : data) {
            Instant updatedAt;
            try {
                updatedAt =
                        OffsetDateTime.parse(row.path("updated_at").asText()).toInstant();
            } catch (DateTimeParseException e) {
                updatedAt = Instant.now();
            }
            String id = row.path("trade_id").isTextual() ? row.path("trade_id").asText() : "~" + rows.size();
            rows.put(new Key(updatedAt, id), row);
        }
    }

    synchronized void remove(List<String> tradeIds) {
        rows.keySet().removeIf(key -> tradeIds.contains(key.tradeId()));
    }

    synchronized long requests() {
        return requests;
    }

    /** Adds the rows a switch stands for, stamped as changed now: {@code pending, out_of_scope, bad}. */
    synchronized void switchOn(String name) {
        upsert(SpecialRows.of(name, json, Instant.now()));
    }

    /** How one door of the desk is asked and answers. */
    private record Shape(
            String credential, String portfolios, String rows, String cursor, String asOf, boolean export) {
        Set<String> parameters() {
            return Set.of(portfolios, "include_pending", "updated_since", "limit", "cursor");
        }
    }

    /** The executions route: a bearer token, snake case. */
    synchronized void executions(RoutingContext context) {
        serve(context, new Shape("Bearer " + apiKey, "portfolio_names", "data", "next_cursor", "as_of", false));
    }

    /** The export route: the raw key, the export's names ({@link AlphaExport}). */
    synchronized void export(RoutingContext context) {
        serve(context, new Shape(apiKey, "portfolios", "trades", "nextCursor", "asOf", true));
    }

    private void serve(RoutingContext context, Shape shape) {
        requests++;
        if (!shape.credential().equals(context.request().getHeader("Authorization"))) {
            refuse(context, 401, "unauthorized", null);
            return;
        }
        Map<String, String> query = context.queryParams().entries().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b));
        for (String name : query.keySet()) {
            if (!shape.parameters().contains(name)) {
                refuse(context, 400, "invalid_parameter", name);
                return;
            }
        }
        if (!script.isEmpty()) {
            int page = Integer.parseInt(query.getOrDefault("cursor", "page-0").substring("page-".length()));
            context.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(script.get(page)));
            return;
        }
        try {
            answer(context, query, shape);
        } catch (DateTimeParseException e) {
            refuse(context, 400, "invalid_parameter", "updated_since");
        } catch (BadParameter e) {
            refuse(context, e.status, e.status == 410 ? "cursor_expired" : "invalid_parameter", e.getMessage());
        }
    }

    private void answer(RoutingContext context, Map<String, String> query, Shape shape) {
        Set<String> portfolios = Arrays.stream(
                        query.getOrDefault(shape.portfolios(), "").split(",", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .collect(Collectors.toSet());
        if (portfolios.isEmpty()) {
            throw new BadParameter(400, shape.portfolios());
        }
        boolean pending = bool(query.get("include_pending"));
        int limit = limit(query.get("limit"));
        Instant since = query.containsKey("updated_since")
                ? OffsetDateTime.parse(query.get("updated_since")).toInstant()
                : Instant.MIN;
        Key after = query.containsKey("cursor") ? fromCursor(query.get("cursor")) : null;
        var source = after == null ? rows : rows.tailMap(after, false);
        ArrayNode data = json.createArrayNode();
        Key last = null;
        boolean more = false;
        for (var entry : source.entrySet()) {
            JsonNode row = entry.getValue();
            if (entry.getKey().updatedAt().isBefore(since)
                    || !portfolios.contains(row.path("portfolio").asText())
                    || (!pending && row.path("status").asText().equals("pending"))) {
                continue;
            }
            if (data.size() == limit) {
                more = true;
                break;
            }
            data.add(shape.export() ? AlphaExport.row(json, row) : row);
            last = entry.getKey();
        }
        boolean loop = "cursor_loop".equals(context.get("fault"));
        ObjectNode page = json.createObjectNode();
        page.set(shape.rows(), data);
        page.put(shape.cursor(), loop ? query.getOrDefault("cursor", toCursor(last)) : more ? toCursor(last) : null);
        page.put(shape.asOf(), Instant.now().toString());
        context.response().putHeader("Content-Type", "application/json").end(write(page));
    }

    private static boolean bool(String sent) {
        return switch (sent) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> throw new BadParameter(400, "include_pending");
        };
    }

    private static int limit(String sent) {
        if (sent == null) {
            return 500;
        }
        try {
            int limit = Integer.parseInt(sent);
            if (limit >= 1 && limit <= 1000) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new BadParameter(400, "limit");
    }

    private static String toCursor(Key last) {
        String plain = Instant.now() + "|" + last.updatedAt() + "|" + last.tradeId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Key fromCursor(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", 3);
            if (Instant.parse(parts[0]).plus(CURSOR_LIFE).isBefore(Instant.now())) {
                throw new BadParameter(410, null);
            }
            return new Key(Instant.parse(parts[1]), parts[2]);
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw new BadParameter(400, "cursor");
        }
    }

    private static final class BadParameter extends RuntimeException {
        final int status;

        BadParameter(int status, String field) {
            super(field);
            this.status = status;
        }
    }

    private void refuse(RoutingContext context, int status, String error, String field) {
        ObjectNode body = json.createObjectNode().put("error", error);
        if (field != null) {
            body.put("field", field);
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(write(body));
    }

    private String write(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
