package io.voldesk.kit.stream;

import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The query whose rows are a streamed answer.
 *
 * @param sql is run twice in one snapshot of the database: wrapped into a {@code count(*)}, and as it is
 * @param binding gives either run its arguments
 * @param row reads one row
 * @param nothing the words of the 404 where there is no row; null where no row is an answer too
 */
public record Selection<T>(String sql, Consumer<Query> binding, RowMapper<T> row, String nothing) {
    public Selection {
        Objects.requireNonNull(sql);
        Objects.requireNonNull(binding);
        Objects.requireNonNull(row);
    }

    /** A selection of which no row is an answer too. */
    public Selection(String sql, Consumer<Query> binding, RowMapper<T> row) {
        this(sql, binding, row, null);
    }
}
