package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import io.voldesk.kit.param.Arguments;
import io.voldesk.kit.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/** An order of the trade list, the latest or largest first, and its keyset cursor. Rows without the value come last. */
public enum TradeSort {
    EXECUTED_AT(
            "coalesce(executed_at, 'epoch')",
            "timestamptz",
            view -> view.executedAt() == null ? Instant.EPOCH : view.executedAt()),
    UPDATED_AT("updated_at", "timestamptz", ExecutionView::updatedAt),
    PREMIUM_USD("premium_usd", "numeric", view -> view.premiumUsd().toPlainString()),
    QUANTITY("quantity", "numeric", view -> view.quantity().toPlainString());

    private final String expression;
    private final String type;
    private final Function<ExecutionView, Object> value;

    TradeSort(String expression, String type, Function<ExecutionView, Object> value) {
        this.expression = expression;
        this.type = type;
        this.value = value;
    }

    record Cursor(String value, String id) {}

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String orderBy() {
        return expression + " desc, source_trade_id desc";
    }

    String after() {
        return "(%s, source_trade_id) < (cast(:after_value as %s), :after_id)".formatted(expression, type);
    }

    String cursorAfter(ExecutionView last) {
        String plain = name() + "|" + value.apply(last) + "|" + last.sourceTradeId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    Cursor read(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", 3);
            if (parts.length == 3 && parts[0].equals(name()) && isValue(parts[1])) {
                return new Cursor(parts[1], Arguments.text("cursor", parts[2]));
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw Problem.badField("cursor", "is not a cursor of this list and order");
    }

    private boolean isValue(String text) {
        return type.equals("numeric")
                ? Arguments.decimal("cursor", text).signum() >= 0
                : Arguments.instant("cursor", text) != null;
    }
}
