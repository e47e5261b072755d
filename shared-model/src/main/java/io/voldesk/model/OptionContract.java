package io.voldesk.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A listed equity option, as the OCC symbol names it.
 *
 * @param root the option root, for example {@code MSTR}; an adjusted contract's root ends in a digit
 * @param expiry last trading day
 * @param right call or put
 * @param strike USD per share
 */
public record OptionContract(String root, LocalDate expiry, Right right, BigDecimal strike) {
    /** Call or put. */
    public enum Right {
        C,
        P
    }

    private static final int LONGEST_ROOT = 6;
    private static final int TAIL = 15;
    private static final DateTimeFormatter VENDOR_DATE = DateTimeFormatter.ofPattern("ddMMMuu", Locale.ENGLISH);

    /**
     * Reads an OCC/OSI symbol, with or without the padding of its root.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static OptionContract parseOsi(String symbol) {
        String text = symbol == null ? "" : symbol.strip();
        int tail = text.length() - TAIL;
        if (tail < 1) {
            throw new IllegalArgumentException("not an OCC option symbol");
        }
        String root = text.substring(0, tail).stripTrailing();
        Right right = switch (text.charAt(tail + 6)) {
            case 'C' -> Right.C;
            case 'P' -> Right.P;
            default -> throw new IllegalArgumentException("an OCC symbol has C or P after its date");
        };
        long thousandths = digits(text, tail + 7, text.length());
        if (!isRoot(root) || thousandths == 0) {
            throw new IllegalArgumentException("not an OCC option symbol of a root and a positive strike");
        }
        try {
            LocalDate expiry = LocalDate.of(
                    2000 + (int) digits(text, tail, tail + 2), (int) digits(text, tail + 2, tail + 4), (int)
                            digits(text, tail + 4, tail + 6));
            return new OptionContract(root, expiry, right, BigDecimal.valueOf(thousandths, 3));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a calendar date in the OCC symbol", e);
        }
    }

    /** Up to six capitals, digits and dots, a capital first. */
    private static boolean isRoot(String root) {
        if (root.length() > LONGEST_ROOT || root.isEmpty() || root.charAt(0) < 'A' || root.charAt(0) > 'Z') {
            return false;
        }
        return root.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.');
    }

    private static long digits(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("not an OCC option symbol: digits belong at " + i);
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /** The underlying the root belongs to: the root without an adjustment digit. */
    public String underlying() {
        int end = root.length();
        while (end > 0 && Character.isDigit(root.charAt(end - 1))) {
            end--;
        }
        return root.substring(0, end);
    }

    /** Whether it delivers something else than shares of its underlying alone, so that its strike says nothing of them. */
    public boolean isAdjusted() {
        return !root.equals(underlying());
    }

    /** The padded 21-character OCC symbol. */
    public String osi() {
        StringBuilder symbol = new StringBuilder(LONGEST_ROOT + TAIL).append(root);
        symbol.repeat(' ', LONGEST_ROOT - root.length());
        pad(symbol, expiry.getYear() % 100, 2);
        pad(symbol, expiry.getMonthValue(), 2);
        pad(symbol, expiry.getDayOfMonth(), 2);
        symbol.append(right);
        pad(symbol, strike.movePointRight(3).longValueExact(), 8);
        return symbol.toString();
    }

    private static void pad(StringBuilder symbol, long number, int digits) {
        String text = Long.toString(number);
        symbol.repeat('0', digits - text.length()).append(text);
    }

    /** The market-data vendor's name of the contract, for example {@code MSTR-20DEC24-420-C}. */
    public String vendorInstrument() {
        return root + "-" + VENDOR_DATE.format(expiry).toUpperCase(Locale.ROOT) + "-"
                + strike.stripTrailingZeros().toPlainString() + "-" + right;
    }
}
