package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Alpha rows of our own making: what the shipped executions do not hold. */
final class SpecialRows {
    private SpecialRows() {}

    static JsonNode of(String name, ObjectMapper json, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        ArrayNode rows = json.createArrayNode();
        switch (name) {
            case "pending" -> {
                for (int i = 1; i <= 3; i++) {
                    rows.add(row(json, "SBX-PENDING-" + i, at)
                            .put("status", "pending")
                            .putNull("executed_at")
                            .putNull("settle_date"));
                }
            }
            case "out_of_scope" -> {
                for (int i = 1; i <= 3; i++) {
                    rows.add(row(json, "SBX-OTHER-" + i, at).put("portfolio", "MSTY"));
                }
            }
            case "bad" -> {
                ObjectNode noId = row(json, "", at);
                noId.remove("trade_id");
                rows.add(noId);
                rows.add(row(json, "SBX-BAD-ZERO", at).put("quantity", "0"));
                rows.add(row(json, "SBX-BAD-NAN", at).put("price", "NaN"));
                rows.add(row(json, "SBX-BAD-SYMBOL", at).put("symbol", "MSTR 400 CALL"));
                rows.add(row(json, "SBX-BAD-EXPIRED", at).put("symbol", "MSTR  240119C00400000"));
                rows.add(row(json, "SBX-BAD-UNDERLYING", at).put("underlying", "COIN"));
                rows.add(row(json, "SBX-BAD-EUR", at).put("currency", "EUR"));
            }
            case "absurd" -> {
                for (String field : List.of("quantity", "price", "multiplier", "version", "fees", "premium_usd")) {
                    rows.add(row(json, "SBX-ABSURD/" + field, at).put(field, "1e2147483647"));
                }
            }
            case "future" -> rows.add(row(json, "SBX-FUTURE", at).put("updated_at", "2062-11-21T15:05:00Z"));
            case "flex" -> {
                rows.add(row(json, "SBX-FLEX #2", at).put("symbol", "2MSTR 351221C00400000"));
                rows.add(row(json, "SBX-FLEX=1", at)
                        .put("symbol", "1COIN 351221P00250000")
                        .put("underlying", "COIN"));
                rows.add(row(json, "SBX-ADJUSTED ä", at)
                        .put("symbol", "MSTR1 351221C00400000")
                        .put("multiplier", 150));
            }
            case "premium" -> {
                rows.add(row(json, "SBX-PREMIUM-OFF", at).put("premium_usd", "12500.02"));
                rows.add(row(json, "SBX-PREMIUM-EUR", at).put("currency", "EUR").put("premium_usd", "13750.00"));
            }
            case "good" -> rows.add(row(json, "SBX-GOOD-1", at).put("a_field_nobody_announced", true));
            default -> throw new IllegalArgumentException("no such switch: " + name);
        }
        return rows;
    }

    private static ObjectNode row(ObjectMapper json, String id, Instant at) {
        return json.createObjectNode()
                .put("trade_id", id)
                .put("version", 1)
                .put("portfolio", "IMST")
                .put("status", "filled")
                .put("recon_status", "not_reconciled")
                .put("symbol", "MSTR  351221C00400000")
                .put("underlying", "MSTR")
                .put("side", "sell_to_open")
                .put("quantity", "10")
                .put("price", "12.5")
                .put("multiplier", 100)
                .putNull("fees")
                .put("currency", "USD")
                .put("executed_at", at.minusSeconds(60).toString())
                .put("updated_at", at.toString())
                .put("settle_date", "2027-01-04")
                .put("broker", "SBX")
                .put("strategy", "sandbox")
                .put("order_id", "O-" + id)
                .putNull("notes");
    }
}
