package io.voldesk.sandbox;

import static io.voldesk.sandbox.Answers.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shipped executions against the simulated quotes of their contract and minute. */
class FillsTest {
    private static final SimulatedRows ROWS = new SimulatedRows(new ObjectMapper(), new SimulatedMarket());
    private static final JsonNode EXECUTIONS =
            Recordings.json("alpha/executions.json").path("data");

    private static Instant at(JsonNode execution) {
        return OffsetDateTime.parse(execution.path("executed_at").asText()).toInstant();
    }

    private static ArrayNode quotes(JsonNode execution, Instant from, Instant to) {
        OptionContract contract =
                OptionContract.parseOsi(execution.path("symbol").asText());
        return ROWS.of(
                "volatility/level-1-quotes-instrument/tradfi",
                contract.underlying(),
                from,
                to,
                Map.of(
                        "expiration",
                        contract.expiry().toString(),
                        "strike",
                        contract.strike().toPlainString(),
                        "putCall",
                        contract.right().name()));
    }

    /** What the fill cost against the mid, in half-spreads of the nearest sound quote; null where there is none. */
    private static Double costInHalfSpreads(JsonNode execution) {
        Instant at = at(execution);
        JsonNode nearest = null;
        for (JsonNode row : quotes(execution, at.minusSeconds(120), at.plusSeconds(120))) {
            boolean sound = number(row, "bid") != null
                    && number(row, "ask") - number(row, "bid") > 0
                    && number(row, "ask") - number(row, "bid") < 0.25 * number(row, "ask");
            if (sound && (nearest == null || off(row, at).compareTo(off(nearest, at)) < 0)) {
                nearest = row;
            }
        }
        if (nearest == null) {
            return null;
        }
        double mid = (number(nearest, "bid") + number(nearest, "ask")) / 2;
        double cost = mid - execution.path("price").asDouble();
        double half = (number(nearest, "ask") - number(nearest, "bid")) / 2;
        return (execution.path("side").asText().startsWith("sell") ? cost : -cost) / half;
    }

    private static Duration off(JsonNode row, Instant at) {
        return Duration.between(Answers.time(row, "exchangeTimestamp"), at).abs();
    }

    @Test
    void fillsSitNearTheirQuotesButForALabelledFew() {
        Set<String> strange = new HashSet<>(ROWS.fills().strange());
        List<Double> near = new ArrayList<>();
        int far = 0;
        int without = 0;
        for (JsonNode execution : EXECUTIONS) {
            Double cost = costInHalfSpreads(execution);
            if (cost == null) {
                without++;
            } else if (strange.contains(execution.path("trade_id").asText())) {
                assertTrue(Math.abs(cost) > 5, execution::toString);
                far++;
            } else {
                near.add(cost);
            }
        }
        near.sort(null);
        int n = near.size();
        assertTrue(strange.size() > 25 && strange.size() < 50, "labelled " + strange.size());
        assertTrue(far > 20, "far " + far);
        assertTrue(n > 500 && without < 200, n + " near, without a quote " + without);
        assertTrue(near.get(n / 2) > 0 && near.get(n / 2) < 0.5, "median " + near.get(n / 2));
        assertTrue(
                near.get(n / 40) > -1.3 && near.get(n - n / 40) < 1.3,
                near.get(n / 40) + " to " + near.get(n - n / 40));
    }

    @Test
    void aQuoteIsTheSameWhateverWindowItIsAskedIn() {
        JsonNode execution = EXECUTIONS.get(100);
        Instant minute = Instant.parse(at(execution).toString().substring(0, 16) + ":00Z");
        ArrayNode wide = quotes(execution, minute.minusSeconds(600), minute.plusSeconds(600));
        for (JsonNode row : quotes(execution, minute, minute.plusSeconds(120))) {
            boolean found = false;
            for (JsonNode other : wide) {
                found |= row.equals(other);
            }
            assertTrue(found, row::toString);
        }
    }

    @Test
    void theExecutionsAreAsTheyWere() {
        BigDecimal premium = BigDecimal.ZERO;
        BigDecimal quantity = BigDecimal.ZERO;
        for (JsonNode execution : EXECUTIONS) {
            BigDecimal contracts = new BigDecimal(execution.path("quantity").asText());
            quantity = quantity.add(contracts);
            premium = premium.add(contracts
                    .multiply(new BigDecimal(execution.path("price").asText()))
                    .multiply(new BigDecimal(execution.path("multiplier").asText())));
        }
        assertEquals(749, EXECUTIONS.size());
        assertEquals(0, quantity.compareTo(new BigDecimal("269267")));
        assertEquals(0, premium.compareTo(new BigDecimal("466630651.75")));
    }
}
