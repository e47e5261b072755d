package io.voldesk.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A listed equity option, as the OCC symbol names it.
 *
 * @param root the option root, for example {@code MSTR}; a FLEX contract's begins with a digit, an adjusted one's ends in one
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

    /** Up to six capitals, digits and dots with a capital among them: what kind of root it is says {@link #rootKind}. */
    private static boolean isRoot(String root) {
        boolean capital = false;
        for (int i = 0; i < root.length(); i++) {
            char c = root.charAt(i);
            capital |= isCapital(c);
            if (!isCapital(c) && !isDigit(c) && c != '.') {
                return false;
            }
        }
        return capital && root.length() <= LONGEST_ROOT;
    }

    private static boolean isCapital(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** What the form of a root says of its contracts. */
    public enum RootKind {
        /** One to five capitals: the standard listing. */
        PLAIN,
        /** A digit 1 to 4 before a plain root: a FLEX contract. */
        FLEX,
        /** A digit behind a root: adjusted after a corporate action, it may deliver something else. */
        ADJUSTED,
        /** None of these. */
        OTHER
    }

    /** The style of a FLEX root by its digit. */
    public enum FlexStyle {
        AMERICAN_PHYSICAL,
        EUROPEAN_PHYSICAL,
        AMERICAN_CASH,
        EUROPEAN_CASH
    }

    public RootKind rootKind() {
        boolean flex = root.charAt(0) >= '1' && root.charAt(0) <= '4';
        int from = flex ? 1 : 0;
        boolean adjusted = isDigit(root.charAt(root.length() - 1));
        int to = root.length() - (adjusted ? 1 : 0);
        if (to - from < 1 || to - from > LONGEST_ROOT - 1) {
            return RootKind.OTHER;
        }
        for (int i = from; i < to; i++) {
            if (isDigit(root.charAt(i))) {
                return RootKind.OTHER;
            }
        }
        return adjusted ? RootKind.ADJUSTED : flex ? RootKind.FLEX : RootKind.PLAIN;
    }

    /** Null where the root is not a FLEX root. */
    public FlexStyle flexStyle() {
        char first = root.charAt(0);
        return first >= '1' && first <= '4' && rootKind() != RootKind.OTHER ? FlexStyle.values()[first - '1'] : null;
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

    /** The underlying the root belongs to: the root without the digits of FLEX and adjustment. */
    public String underlying() {
        int end = root.length();
        while (end > 0 && isDigit(root.charAt(end - 1))) {
            end--;
        }
        int start = 0;
        while (start < end && isDigit(root.charAt(start))) {
            start++;
        }
        return root.substring(start, end);
    }

    /** Whether the root belongs to this underlying; the root of {@code BRK.B} and {@code BRK/B} is {@code BRKB}. */
    public boolean isOf(String name) {
        return root.equals(name) || letters(underlying()).equals(letters(name));
    }

    private static String letters(String name) {
        return name.replaceAll("[./ -]", "");
    }

    /** Whether it may deliver something else than shares of its underlying alone, so that its strike says nothing of them. */
    public boolean isAdjusted() {
        return switch (rootKind()) {
            case PLAIN, FLEX -> false;
            case ADJUSTED, OTHER -> true;
        };
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
