package io.voldesk.tradesync.alpha;

import com.ethlo.time.ITU;
import io.voldesk.model.OptionContract;
import io.voldesk.model.OptionContract.RootKind;
import io.voldesk.tradesync.alpha.AlphaFields.Kind;
import io.voldesk.tradesync.execution.Execution;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** A row of Alpha, read at the edge: an execution of ours, or the field and reason for which it is none. */
public sealed interface AlphaRow {
    /** Beyond these a time is none that a desk has seen, and PostgreSQL does not keep every one. */
    Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The row's exact text. */
    String raw();

    record Accepted(Execution execution) implements AlphaRow {
        @Override
        public String raw() {
            return execution.raw();
        }
    }

    /**
     * What can be read of it is null where it cannot.
     *
     * @param status in our words
     */
    record Rejected(
            String tradeId,
            Integer version,
            String portfolio,
            String status,
            Instant updatedAt,
            String field,
            String reason,
            Place place,
            String raw)
            implements AlphaRow {}

    /** Where in a walk a row stood: its page and its position there, both from 1. */
    record Place(int page, int position) {
        /** What a row without an id is called, for example {@code row:2/17}. */
        public String name() {
            return "row:" + page + "/" + position;
        }
    }

    static AlphaRow read(AlphaFields fields, String raw, Place place) {
        return new Reader(fields, raw, place).read();
    }

    static AlphaRow notAnObject(String raw, Place place) {
        return new Rejected(null, null, null, null, null, "row", "not_an_object", place, raw);
    }

    /** Reads field by field; the first one that is wrong decides. */
    final class Reader {
        private static final ZoneId EXCHANGE_ZONE = ZoneId.of("America/New_York");
        private static final int MOST_DIGITS = 30;
        private static final int MOST_PLACES = 12;
        /** A number that is written out longer is out of range, whatever it comes to. */
        private static final int LONGEST_NUMBER = 400;
        /** Texts are keys and filters: longer ones fit into no index. */
        private static final int LONGEST_TEXT = 500;

        private final AlphaFields fields;
        private final String raw;
        private final Place place;

        Reader(AlphaFields fields, String raw, Place place) {
            this.fields = fields;
            this.raw = raw;
            this.place = place;
        }

        private static final class Wrong extends RuntimeException {
            final String field;

            Wrong(AlphaField field, String reason) {
                this(field.json(), reason);
            }

            Wrong(String field, String reason) {
                super(reason, null, false, false);
                this.field = field;
            }
        }

        AlphaRow read() {
            try {
                return new Accepted(execution());
            } catch (Wrong wrong) {
                return new Rejected(
                        idOrNull(),
                        orNull(() -> positiveInt(AlphaField.VERSION)),
                        orNull(() -> text(AlphaField.PORTFOLIO)),
                        orNull(() -> word(AlphaField.STATUS)),
                        orNull(() -> instant(AlphaField.UPDATED_AT)),
                        wrong.field,
                        wrong.getMessage(),
                        place,
                        raw);
            }
        }

        private Execution execution() {
            if (fields.repeated() != null) {
                throw new Wrong(fields.repeated(), "repeated_field");
            }
            if (fields.tooDeep()) {
                throw new Wrong("row", "nested_too_deeply");
            }
            if (raw.indexOf('\0') >= 0 || raw.contains("\\u0000")) {
                throw new Wrong("row", "nul_character");
            }
            String tradeId = text(AlphaField.TRADE_ID);
            int version = positiveInt(AlphaField.VERSION);
            Instant updatedAt = instant(AlphaField.UPDATED_AT);
            String status = word(AlphaField.STATUS);
            OptionContract contract = contract();
            String underlying = text(AlphaField.UNDERLYING);
            if (contract.rootKind() == RootKind.PLAIN && !contract.isOf(underlying)) {
                throw new Wrong(AlphaField.UNDERLYING, "symbol_and_underlying_disagree");
            }
            Instant executedAt = executedAt(status, contract);
            BigDecimal quantity = decimal(AlphaField.QUANTITY);
            if (quantity.signum() <= 0) {
                throw new Wrong(AlphaField.QUANTITY, "not_positive");
            }
            BigDecimal price = notNegative(AlphaField.PRICE, decimal(AlphaField.PRICE));
            int multiplier = positiveInt(AlphaField.MULTIPLIER);
            BigDecimal fees = absent(AlphaField.FEES) ? null : notNegative(AlphaField.FEES, decimal(AlphaField.FEES));
            String currency = text(AlphaField.CURRENCY);
            BigDecimal premium = absent(AlphaField.PREMIUM_USD) ? null : premium();
            if (premium == null && !currency.equals(Execution.USD)) {
                throw new Wrong(AlphaField.CURRENCY, "non_usd_without_premium_usd");
            }
            if (!absent(AlphaField.QUANTITY_UNIT)) {
                word(AlphaField.QUANTITY_UNIT);
            }
            return new Execution(
                    tradeId,
                    version,
                    text(AlphaField.PORTFOLIO),
                    status,
                    word(AlphaField.RECON_STATUS),
                    contract,
                    underlying,
                    word(AlphaField.SIDE),
                    quantity,
                    price,
                    currency,
                    premium,
                    multiplier,
                    fees,
                    executedAt,
                    updatedAt,
                    settleDate(),
                    raw);
        }

        private OptionContract contract() {
            try {
                return OptionContract.parseOsi(text(AlphaField.SYMBOL));
            } catch (IllegalArgumentException e) {
                throw new Wrong(AlphaField.SYMBOL, "unparsable_symbol");
            }
        }

        private Instant executedAt(String status, OptionContract contract) {
            if (absent(AlphaField.EXECUTED_AT)) {
                if (status.equals("pending")) {
                    return null;
                }
                throw new Wrong(AlphaField.EXECUTED_AT, "missing");
            }
            Instant executedAt = instant(AlphaField.EXECUTED_AT);
            if (contract.expiry().isBefore(executedAt.atZone(EXCHANGE_ZONE).toLocalDate())) {
                throw new Wrong(AlphaField.SYMBOL, "expiry_before_execution");
            }
            return executedAt;
        }

        private LocalDate settleDate() {
            if (absent(AlphaField.SETTLE_DATE)) {
                return null;
            }
            try {
                LocalDate date = LocalDate.parse(text(AlphaField.SETTLE_DATE));
                if (date.getYear() < 1970 || date.getYear() > 9999) {
                    throw new Wrong(AlphaField.SETTLE_DATE, "out_of_range");
                }
                return date;
            } catch (DateTimeParseException e) {
                throw new Wrong(AlphaField.SETTLE_DATE, "not_a_date");
            }
        }

        private boolean absent(AlphaField field) {
            return fields.absent(field);
        }

        private String textOrNull(AlphaField field) {
            String text = fields.kind(field) == Kind.TEXT ? fields.text(field).replace("\0", "") : null;
            return text == null || text.isBlank() ? null : text;
        }

        private String text(AlphaField field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            String value = textOrNull(field);
            if (value == null) {
                throw new Wrong(field, "not_a_text");
            }
            if (value.length() > LONGEST_TEXT) {
                throw new Wrong(field, "too_long");
            }
            if (hasHalfACharacter(value)) {
                throw new Wrong(field, "not_unicode");
            }
            return value;
        }

        /** A surrogate without its other half has no UTF-8: stored, it would become another text. */
        private static boolean hasHalfACharacter(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    return text.codePoints()
                            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
                }
            }
            return false;
        }

        /** Null too for an id that no database keeps: without its NUL it might be another's. */
        private String idOrNull() {
            String id = textOrNull(AlphaField.TRADE_ID);
            return id == null
                            || hasHalfACharacter(id)
                            || fields.text(AlphaField.TRADE_ID).indexOf('\0') >= 0
                    ? null
                    : id.length() > LONGEST_TEXT ? id.substring(0, id.offsetByCodePoints(0, 100)) + "…" : id;
        }

        private static <T> T orNull(Supplier<T> value) {
            try {
                return value.get();
            } catch (Wrong wrong) {
                return null;
            }
        }

        /** One of the field's values in our words. */
        private String word(AlphaField field) {
            String word = fields.word(field, text(field));
            if (word == null) {
                throw new Wrong(field, "unknown_value");
            }
            return word;
        }

        private Instant instant(AlphaField field) {
            String text = text(field);
            Instant instant = instant(field, text);
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw new Wrong(field, "out_of_range");
            }
            return instant;
        }

        private static Instant instant(AlphaField field, String text) {
            try {
                return kept(ITU.parseDateTime(text));
            } catch (DateTimeException notRfc3339) {
                // ISO-8601 allows more than RFC 3339, a time without seconds for one
                try {
                    return kept(OffsetDateTime.parse(text));
                } catch (DateTimeParseException e) {
                    throw new Wrong(field, "not_an_instant_with_offset");
                }
            }
        }

        /** To the microsecond, which is what PostgreSQL keeps. */
        private static Instant kept(OffsetDateTime time) {
            return time.toInstant().truncatedTo(ChronoUnit.MICROS);
        }

        private int positiveInt(AlphaField field) {
            BigDecimal value = decimal(field);
            try {
                int whole = value.intValueExact();
                if (whole > 0) {
                    return whole;
                }
            } catch (ArithmeticException e) {
                // refused below
            }
            throw new Wrong(field, "not_a_positive_whole_number");
        }

        private BigDecimal notNegative(AlphaField field, BigDecimal value) {
            if (value.signum() < 0) {
                throw new Wrong(field, "negative");
            }
            return value;
        }

        /** Unsigned: what the trade brought or cost is the side's to say. */
        private BigDecimal premium() {
            BigDecimal premium = decimal(AlphaField.PREMIUM_USD);
            return fields.signedPremium() ? premium.abs() : notNegative(AlphaField.PREMIUM_USD, premium);
        }

        /** A decimal given as string or number, in a range that can be stored and added exactly. */
        private BigDecimal decimal(AlphaField field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            if (fields.kind(field) == Kind.OTHER) {
                throw new Wrong(field, "not_a_number");
            }
            String text = fields.text(field).strip();
            if (text.length() > LONGEST_NUMBER) {
                throw new Wrong(field, "out_of_range");
            }
            BigDecimal number;
            try {
                number = new BigDecimal(requireAscii(field, text));
            } catch (NumberFormatException e) {
                throw new Wrong(field, "not_a_number");
            }
            // as long: the scale may lie near the end of int
            if (number.precision() > MOST_DIGITS
                    || number.scale() > MOST_PLACES
                    || (long) number.precision() - number.scale() > MOST_DIGITS) {
                throw new Wrong(field, "out_of_range");
            }
            return number.scale() < 0 ? number.setScale(0) : number;
        }

        /** Digits of other alphabets are numbers to Java, and a mistake to the desk. */
        private static String requireAscii(AlphaField field, String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 127) {
                    throw new Wrong(field, "not_a_number");
                }
            }
            return text;
        }
    }
}
