package io.voldesk.sandbox;

import static io.voldesk.sandbox.Answers.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.sandbox.Answers.DataSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vendor's realised vols are of HOURLY returns, and its at-the-money vols those of its own constant maturities. */
class RealisedVolContractTest {

    @ParameterizedTest
    @MethodSource("io.voldesk.sandbox.Answers#all")
    void theReturnIsThatOfTheHourThatEndsAtTheRow(Answers answers) {
        List<JsonNode> rows = answers.rows(DataSet.INDEX);
        assertEquals(720, rows.size());
        for (int i = 1; i < rows.size(); i++) {
            assertEquals(
                    3_600,
                    Answers.time(rows.get(i), "timestamp").getEpochSecond()
                            - Answers.time(rows.get(i - 1), "timestamp").getEpochSecond());
            double logReturn = Math.log(number(rows.get(i), "indexPrice") / number(rows.get(i - 1), "indexPrice"));
            assertEquals(logReturn, number(rows.get(i), "lnReturn"), 1e-15);
        }
    }

    /** 100 · √8760 · sample deviation of the last 168 or 720 hourly returns; worst recorded difference 3.3e-7 points. */
    @ParameterizedTest
    @MethodSource("io.voldesk.sandbox.Answers#all")
    void realisedVolsAreOfHourlyReturns(Answers answers) {
        List<JsonNode> rows = answers.rows(DataSet.INDEX);
        for (int i = 167; i < rows.size(); i++) {
            assertEquals(realised(rows, i, 168), number(rows.get(i), "realizedVolatility7"), 1e-6);
        }
        assertEquals(realised(rows, 719, 720), number(rows.get(719), "realizedVolatility30"), 1e-6);
    }

    private static double realised(List<JsonNode> rows, int last, int n) {
        double[] returns = rows.subList(last - n + 1, last + 1).stream()
                .mapToDouble(row -> number(row, "lnReturn"))
                .toArray();
        double mean = 0;
        for (double r : returns) {
            mean += r / n;
        }
        double squares = 0;
        for (double r : returns) {
            squares += (r - mean) * (r - mean);
        }
        return 100 * Math.sqrt(8_760 * squares / (n - 1));
    }

    /** The row of an hour carries the {@code atm} of the constant-maturity surface of the same hour, to the last digit. */
    @ParameterizedTest
    @MethodSource("io.voldesk.sandbox.Answers#all")
    void atTheMoneyIsTheConstantMaturitySurfacesOfTheSameHour(Answers answers) {
        Map<Instant, JsonNode> index = answers.rows(DataSet.INDEX).stream()
                .collect(Collectors.toMap(row -> Answers.time(row, "timestamp"), Function.identity()));
        int compared = 0;
        for (JsonNode row : answers.rows(DataSet.CONSTANT)) {
            int days = row.path("daysToExpiration").asInt();
            JsonNode hour = index.get(Answers.time(row, "timestamp"));
            if (hour.has("atm" + days)) {
                assertEquals(number(row, "atm"), number(hour, "atm" + days), 1e-12);
                assertEquals(number(row, "indexPrice"), number(hour, "indexPrice"), 1e-9);
                compared++;
            }
        }
        assertEquals(answers.recorded() ? 125 : 120, compared);
    }

    /** Vol falls as spot rises, hour by hour; in the upside month the front rises with it. */
    @ParameterizedTest
    @MethodSource("io.voldesk.sandbox.Answers#simulated")
    void theSimulatedVolsMoveWithSpot(Answers answers) {
        double normally =
                correlation(answers.onDay(Instant.parse("2026-03-01T00:00:00Z")).rows(DataSet.INDEX));
        assertTrue(normally > -0.65 && normally < -0.35, () -> "normally " + normally);
        double upside =
                correlation(answers.onDay(Instant.parse("2026-10-02T00:00:00Z")).rows(DataSet.INDEX));
        assertTrue(upside > 0.3, () -> "in the upside month " + upside);
    }

    private static double correlation(List<JsonNode> rows) {
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 1; i < rows.size(); i++) {
            double x = number(rows.get(i), "lnReturn");
            double y = number(rows.get(i), "atm30") - number(rows.get(i - 1), "atm30");
            xy += x * y;
            xx += x * x;
            yy += y * y;
        }
        return xy / Math.sqrt(xx * yy);
    }
}
