package io.voldesk.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern OSI = Pattern.compile("([A-Z][A-Z0-9.]{0,5}) *(\\d{6})([CP])(\\d{8})");
    private static final DateTimeFormatter OSI_DATE =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(java.time.format.ResolverStyle.STRICT);
    private static final DateTimeFormatter VENDOR_DATE = DateTimeFormatter.ofPattern("ddMMMuu", Locale.ENGLISH);

    /**
     * Reads an OCC/OSI symbol, with or without the padding of its root.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static OptionContract parseOsi(String symbol) {
        Matcher match = OSI.matcher(symbol == null ? "" : symbol.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("not an OCC option symbol");
        }
        try {
            LocalDate expiry = LocalDate.parse(match.group(2), OSI_DATE);
            BigDecimal strike = new BigDecimal(match.group(4)).movePointLeft(3);
            if (strike.signum() <= 0) {
                throw new IllegalArgumentException("the strike of an OCC symbol is positive");
            }
            return new OptionContract(match.group(1), expiry, Right.valueOf(match.group(3)), strike);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a calendar date in the OCC symbol", e);
        }
    }

    /** The underlying the root belongs to: the root without an adjustment digit. */
    public String underlying() {
        return root.replaceAll("\\d+$", "");
    }

    /** The padded 21-character OCC symbol. */
    public String osi() {
        return String.format(
                Locale.ROOT,
                "%-6s%s%s%08d",
                root,
                OSI_DATE.format(expiry),
                right,
                strike.movePointRight(3).longValueExact());
    }

    /** The market-data vendor's name of the contract, for example {@code MSTR-20DEC24-420-C}. */
    public String vendorInstrument() {
        return root + "-" + VENDOR_DATE.format(expiry).toUpperCase(Locale.ROOT) + "-"
                + strike.stripTrailingZeros().toPlainString() + "-" + right;
    }
}
