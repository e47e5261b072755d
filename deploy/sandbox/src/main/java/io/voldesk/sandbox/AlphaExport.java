package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Alpha's export: the same rows under the export's names. Every second row writes its names in camel case, as nobody knows yet
 * which it will be. A direction is buy or sell and says nothing of open or close; the premium is the trade's total.
 */
final class AlphaExport {
    private static final Map<String, String> NAMES = Map.of(
            "trade_id", "source_trade_id",
            "status", "trade_status",
            "multiplier", "contract_multiplier",
            "currency", "price_currency",
            "fees", "fees_usd",
            "side", "direction");

    private AlphaExport() {}

    static JsonNode row(ObjectMapper json, JsonNode row) {
        if (!row.isObject()) {
            return row;
        }
        boolean camel = row.path("trade_id").asText().hashCode() % 2 != 0;
        ObjectNode exported = json.createObjectNode();
        row.properties().forEach(field -> {
            String name = NAMES.getOrDefault(field.getKey(), field.getKey());
            JsonNode value = field.getKey().equals("side") ? direction(field.getValue()) : field.getValue();
            exported.set(camel ? camelCase(name) : name, value);
        });
        BigDecimal premium = premium(row);
        if (premium != null && !row.has("premium_usd")) {
            exported.put(camel ? "premiumUsd" : "premium_usd", premium.toPlainString());
        }
        exported.put(camel ? "quantityUnit" : "quantity_unit", "contracts");
        return exported;
    }

    private static JsonNode direction(JsonNode side) {
        String text = side.asText();
        return text.startsWith("buy") || text.startsWith("sell")
                ? JsonNodeFactory.instance.textNode(text.startsWith("buy") ? "buy" : "sell")
                : side;
    }

    /** Null where the row's figures are none, or none in USD. */
    private static BigDecimal premium(JsonNode row) {
        try {
            BigDecimal premium =
                    number(row, "quantity").multiply(number(row, "price")).multiply(number(row, "multiplier"));
            boolean usable = row.path("currency").asText().equals("USD")
                    && premium.signum() >= 0
                    && premium.scale() <= 12
                    && (long) premium.precision() - premium.scale() <= 30;
            return usable ? premium.scale() < 0 ? premium.setScale(0) : premium : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static BigDecimal number(JsonNode row, String field) {
        return new BigDecimal(row.path(field).asText());
    }

    static String camelCase(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            camel.append(
                    camel.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
