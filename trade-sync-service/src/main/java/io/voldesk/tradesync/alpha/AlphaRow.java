package io.voldesk.tradesync.alpha;

import com.ethlo.time.ITU;
import io.voldesk.model.OptionContract;
import io.voldesk.tradesync.alpha.AlphaFields.Field;
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
import java.util.Set;

/** A row of Alpha, read at the edge: an execution of ours, or the field and reason for which it is none. */
public sealed interface AlphaRow {
    /** The row's exact text. */
    String raw();

    record Accepted(Execution execution) implements AlphaRow {
        @Override
        public String raw() {
            return execution.raw();
        }
    }

    /**
     * @param tradeId null where the row has none
     * @param updatedAt null where it cannot be read
     */
    record Rejected(String tradeId, Instant updatedAt, String field, String reason, String raw) implements AlphaRow {}

    static AlphaRow read(AlphaFields fields, String raw) {
        return new Reader(fields, raw).read();
    }

    static AlphaRow notAnObject(String raw) {
        return new Rejected(null, null, "row", "not_an_object", raw);
    }

    /** Reads field by field; the first one that is wrong decides. */
    final class Reader {
        private static final Set<String> STATUSES =
                Set.of("filled", "partially_filled", "pending", "cancelled", "corrected");
        private static final Set<String> RECON_STATUSES = Set.of("matched", "unmatched", "break", "not_reconciled");
        private static final Set<String> SIDES =
                Set.of("buy", "sell", "buy_to_open", "buy_to_close", "sell_to_open", "sell_to_close");
        private static final ZoneId EXCHANGE_ZONE = ZoneId.of("America/New_York");
        private static final int MOST_DIGITS = 30;
        private static final int MOST_PLACES = 12;

        private final AlphaFields fields;
        private final String raw;

        Reader(AlphaFields fields, String raw) {
            this.fields = fields;
            this.raw = raw;
        }

        private static final class Wrong extends RuntimeException {
            final String field;

            Wrong(Field field, String reason) {
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
                        textOrNull(Field.TRADE_ID), updatedAtOrNull(), wrong.field, wrong.getMessage(), raw);
            }
        }

        private Execution execution() {
            if (fields.repeated() != null) {
                throw new Wrong(fields.repeated(), "repeated_field");
            }
            if (raw.indexOf('\0') >= 0 || raw.contains("\\u0000")) {
                throw new Wrong("row", "nul_character");
            }
            String tradeId = text(Field.TRADE_ID);
            int version = positiveInt(Field.VERSION);
            Instant updatedAt = instant(Field.UPDATED_AT);
            String status = oneOf(Field.STATUS, STATUSES);
            OptionContract contract = contract();
            String underlying = text(Field.UNDERLYING);
            if (!contract.underlying().equals(underlying)) {
                throw new Wrong(Field.UNDERLYING, "symbol_and_underlying_disagree");
            }
            Instant executedAt = executedAt(status, contract);
            BigDecimal quantity = decimal(Field.QUANTITY);
            if (quantity.signum() <= 0) {
                throw new Wrong(Field.QUANTITY, "not_positive");
            }
            BigDecimal price = notNegative(Field.PRICE, decimal(Field.PRICE));
            int multiplier = positiveInt(Field.MULTIPLIER);
            BigDecimal fees = absent(Field.FEES) ? null : notNegative(Field.FEES, decimal(Field.FEES));
            if (!text(Field.CURRENCY).equals("USD")) {
                throw new Wrong(Field.CURRENCY, "not_usd");
            }
            return new Execution(
                    tradeId,
                    version,
                    text(Field.PORTFOLIO),
                    status,
                    oneOf(Field.RECON_STATUS, RECON_STATUSES),
                    contract,
                    underlying,
                    oneOf(Field.SIDE, SIDES),
                    quantity,
                    price,
                    multiplier,
                    fees,
                    executedAt,
                    updatedAt,
                    settleDate(),
                    raw);
        }

        private OptionContract contract() {
            try {
                return OptionContract.parseOsi(text(Field.SYMBOL));
            } catch (IllegalArgumentException e) {
                throw new Wrong(Field.SYMBOL, "unparsable_symbol");
            }
        }

        private Instant executedAt(String status, OptionContract contract) {
            if (absent(Field.EXECUTED_AT)) {
                if (status.equals("pending")) {
                    return null;
                }
                throw new Wrong(Field.EXECUTED_AT, "missing");
            }
            Instant executedAt = instant(Field.EXECUTED_AT);
            if (contract.expiry().isBefore(executedAt.atZone(EXCHANGE_ZONE).toLocalDate())) {
                throw new Wrong(Field.SYMBOL, "expiry_before_execution");
            }
            return executedAt;
        }

        private LocalDate settleDate() {
            if (absent(Field.SETTLE_DATE)) {
                return null;
            }
            try {
                return LocalDate.parse(text(Field.SETTLE_DATE));
            } catch (DateTimeParseException e) {
                throw new Wrong(Field.SETTLE_DATE, "not_a_date");
            }
        }

        private boolean absent(Field field) {
            return fields.absent(field);
        }

        private String textOrNull(Field field) {
            String text = fields.kind(field) == Kind.TEXT ? fields.text(field) : null;
            return text == null || text.isBlank() ? null : text.replace("\0", "");
        }

        private String text(Field field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            String value = textOrNull(field);
            if (value == null) {
                throw new Wrong(field, "not_a_text");
            }
            return value;
        }

        private String oneOf(Field field, Set<String> allowed) {
            String value = text(field);
            if (!allowed.contains(value)) {
                throw new Wrong(field, "unknown_value");
            }
            return value;
        }

        private Instant updatedAtOrNull() {
            try {
                return instant(Field.UPDATED_AT);
            } catch (Wrong wrong) {
                return null;
            }
        }

        private Instant instant(Field field) {
            String text = text(field);
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

        private int positiveInt(Field field) {
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

        private BigDecimal notNegative(Field field, BigDecimal value) {
            if (value.signum() < 0) {
                throw new Wrong(field, "negative");
            }
            return value;
        }

        /** A decimal given as string or number, in a range that can be stored and added exactly. */
        private BigDecimal decimal(Field field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            if (fields.kind(field) == Kind.OTHER) {
                throw new Wrong(field, "not_a_number");
            }
            BigDecimal number;
            try {
                number = new BigDecimal(fields.text(field).strip());
            } catch (NumberFormatException e) {
                throw new Wrong(field, "not_a_number");
            }
            if (number.precision() > MOST_DIGITS
                    || number.scale() > MOST_PLACES
                    || number.precision() - number.scale() > MOST_DIGITS) {
                throw new Wrong(field, "out_of_range");
            }
            return number.scale() < 0 ? number.setScale(0) : number;
        }
    }
}
