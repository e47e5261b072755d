package io.voldesk.tradesync.alpha;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What Voldesk reads of a row; everything else stays in the raw text only. */
enum AlphaField {
    TRADE_ID,
    VERSION,
    PORTFOLIO,
    STATUS("filled", "partially_filled", "pending", "cancelled", "corrected"),
    RECON_STATUS("matched", "unmatched", "break", "not_reconciled"),
    SYMBOL,
    UNDERLYING,
    SIDE("buy", "sell", "buy_to_open", "buy_to_close", "sell_to_open", "sell_to_close"),
    QUANTITY,
    QUANTITY_UNIT("contracts"),
    PRICE,
    MULTIPLIER,
    FEES,
    CURRENCY,
    PREMIUM_USD,
    EXECUTED_AT,
    UPDATED_AT,
    SETTLE_DATE;

    private final String json = name().toLowerCase(Locale.ROOT);
    private final Set<String> allowed;

    AlphaField(String... allowed) {
        this.allowed = Set.of(allowed);
    }

    /** The field's name in a profile and in what is said of a rejected row. */
    String json() {
        return json;
    }

    /** The values the field can have; empty for any. */
    Set<String> allowed() {
        return allowed;
    }

    static Optional<AlphaField> named(String json) {
        for (AlphaField field : values()) {
            if (field.json.equals(json)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
