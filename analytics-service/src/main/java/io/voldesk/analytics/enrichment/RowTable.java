package io.voldesk.analytics.enrichment;

import io.voldesk.kit.db.BinaryCopy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An enrichment table and the record of its rows: the components are the columns, in the same order, a component {@code atmIv30} the
 * column {@code atm_iv_30}, each value of exactly the column's type. The record is registered for reflection.
 */
public final class RowTable<R extends Record & EnrichedRow> {
    private static final List<String> KEYS = List.of("source_trade_id", "context_key");

    private final String name;
    private final List<String> columns;
    private final List<Method> accessors;

    private RowTable(String name, List<String> columns, List<Method> accessors) {
        this.name = name;
        this.columns = columns;
        this.accessors = accessors;
    }

    public static <R extends Record & EnrichedRow> RowTable<R> of(String name, Class<R> rows) {
        List<RecordComponent> components = Arrays.asList(rows.getRecordComponents());
        List<Method> accessors =
                components.stream().map(RecordComponent::getAccessor).toList();
        accessors.forEach(accessor -> accessor.setAccessible(true));
        return new RowTable<>(
                name,
                components.stream()
                        .map(component -> column(component.getName()))
                        .toList(),
                accessors);
    }

    /** As the column of a component is called. */
    static String column(String component) {
        return component
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])", "_")
                .toLowerCase(Locale.ROOT);
    }

    public String name() {
        return name;
    }

    public List<String> columns() {
        return columns;
    }

    /** Those that a later look may change: all but the key. */
    List<String> changing() {
        return columns.stream().filter(column -> !KEYS.contains(column)).toList();
    }

    void write(BinaryCopy copy, R row) {
        copy.row(columns.size());
        for (Method accessor : accessors) {
            copy.value(value(accessor, row));
        }
    }

    private static Object value(Method accessor, Object row) {
        try {
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(accessor + " cannot be read", e);
        }
    }
}
