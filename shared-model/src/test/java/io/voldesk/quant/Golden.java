package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads the reference numbers, worked out elsewhere with 50 and more digits, from the class path. */
final class Golden {
    private Golden() {}

    static List<String> lines(String file) {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + file), file),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String[]> rows(String file) {
        return lines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", -1))
                .toList();
    }

    /** A number or a fraction such as {@code 7/365}. */
    static double number(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Double.parseDouble(text)
                : new BigDecimal(text.substring(0, slash))
                        .divide(new BigDecimal(text.substring(slash + 1)), MathContext.DECIMAL128)
                        .doubleValue();
    }

    static void near(double expected, double actual, double relative, String what) {
        double error = Math.abs(actual - expected) / Math.abs(expected);
        assertTrue(
                error <= relative, () -> what + ": expected " + expected + ", got " + actual + ", relative " + error);
    }
}
