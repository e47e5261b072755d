package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.model.OptionContract;
import io.voldesk.tradesync.execution.Execution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** A row of Alpha, read at the edge: an execution of ours, or the field and reason for which it is none. */
public sealed interface AlphaRow {
    record Accepted(Execution execution) implements AlphaRow {}

    /**
     * @param tradeId null where the row has none
     * @param updatedAt null where it cannot be read
     */
    record Rejected(String tradeId, Instant updatedAt, String field, String reason, String raw) implements AlphaRow {}

    static AlphaRow read(AlphaPage.Row row) {
        return new Reader(row).read();
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

        private final JsonNode json;
        private final String raw;

        Reader(AlphaPage.Row row) {
            this.json = row.json();
            this.raw = row.raw();
        }

        private static final class Wrong extends RuntimeException {
            final String field;

            Wrong(String field, String reason) {
                super(reason, null, false, false);
                this.field = field;
            }
        }

        AlphaRow read() {
            try {
                return new Accepted(execution());
            } catch (Wrong wrong) {
                return new Rejected(textOrNull("trade_id"), updatedAtOrNull(), wrong.field, wrong.getMessage(), raw);
            }
        }

        private Execution execution() {
            if (!json.isObject()) {
                throw new Wrong("row", "not_an_object");
            }
            if (raw.indexOf('\0') >= 0 || raw.contains("\\u0000")) {
                throw new Wrong("row", "nul_character");
            }
            String tradeId = text("trade_id");
            int version = positiveInt("version");
            Instant updatedAt = instant("updated_at");
            String status = oneOf("status", STATUSES);
            OptionContract contract = contract();
            String underlying = text("underlying");
            if (!contract.underlying().equals(underlying)) {
                throw new Wrong("underlying", "symbol_and_underlying_disagree");
            }
            Instant executedAt = executedAt(status, contract);
            BigDecimal quantity = decimal("quantity");
            if (quantity.signum() <= 0) {
                throw new Wrong("quantity", "not_positive");
            }
            BigDecimal price = notNegative("price", decimal("price"));
            int multiplier = positiveInt("multiplier");
            BigDecimal fees = absent("fees") ? null : notNegative("fees", decimal("fees"));
            if (!text("currency").equals("USD")) {
                throw new Wrong("currency", "not_usd");
            }
            return new Execution(
                    tradeId,
                    version,
                    text("portfolio"),
                    status,
                    oneOf("recon_status", RECON_STATUSES),
                    contract,
                    underlying,
                    oneOf("side", SIDES),
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
                return OptionContract.parseOsi(text("symbol"));
            } catch (IllegalArgumentException e) {
                throw new Wrong("symbol", "unparsable_symbol");
            }
        }

        private Instant executedAt(String status, OptionContract contract) {
            if (absent("executed_at")) {
                if (status.equals("pending")) {
                    return null;
                }
                throw new Wrong("executed_at", "missing");
            }
            Instant executedAt = instant("executed_at");
            if (contract.expiry().isBefore(executedAt.atZone(EXCHANGE_ZONE).toLocalDate())) {
                throw new Wrong("symbol", "expiry_before_execution");
            }
            return executedAt;
        }

        private LocalDate settleDate() {
            if (absent("settle_date")) {
                return null;
            }
            try {
                return LocalDate.parse(text("settle_date"));
            } catch (DateTimeParseException e) {
                throw new Wrong("settle_date", "not_a_date");
            }
        }

        private boolean absent(String field) {
            return !json.hasNonNull(field);
        }

        private String textOrNull(String field) {
            JsonNode value = json.get(field);
            return value != null && value.isTextual() && !value.asText().isBlank()
                    ? value.asText().replace("\0", "")
                    : null;
        }

        private String text(String field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            String value = textOrNull(field);
            if (value == null) {
                throw new Wrong(field, "not_a_text");
            }
            return value;
        }

        private String oneOf(String field, Set<String> allowed) {
            String value = text(field);
            if (!allowed.contains(value)) {
                throw new Wrong(field, "unknown_value");
            }
            return value;
        }

        private Instant updatedAtOrNull() {
            try {
                return instant("updated_at");
            } catch (Wrong wrong) {
                return null;
            }
        }

        private Instant instant(String field) {
            try {
                return OffsetDateTime.parse(text(field)).toInstant();
            } catch (DateTimeParseException e) {
                throw new Wrong(field, "not_an_instant_with_offset");
            }
        }

        private int positiveInt(String field) {
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

        private BigDecimal notNegative(String field, BigDecimal value) {
            if (value.signum() < 0) {
                throw new Wrong(field, "negative");
            }
            return value;
        }

        /** A decimal given as string or number, in a range that can be stored and added exactly. */
        private BigDecimal decimal(String field) {
            if (absent(field)) {
                throw new Wrong(field, "missing");
            }
            JsonNode value = json.get(field);
            if (!value.isNumber() && !value.isTextual()) {
                throw new Wrong(field, "not_a_number");
            }
            BigDecimal number;
            try {
                number = value.isNumber()
                        ? value.decimalValue()
                        : new BigDecimal(value.asText().strip());
            } catch (NumberFormatException e) {
                throw new Wrong(field, "not_a_number");
            }
            if (number.precision() > MOST_DIGITS
                    || number.scale() > MOST_PLACES
                    || number.precision() - number.scale() > MOST_DIGITS) {
                throw new Wrong(field, "out_of_range");
            }
            return number;
        }
    }
}
