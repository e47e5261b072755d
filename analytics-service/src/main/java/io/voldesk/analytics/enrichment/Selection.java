package io.voldesk.analytics.enrichment;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which executions a run is for.
 *
 * @param portfolio null for all
 * @param afterChangeSeq changed after this number, up to {@code uptoChangeSeq}; null for any
 */
public record Selection(String source, String portfolio, Long afterChangeSeq, Long uptoChangeSeq) {
    public static Selection all(String source, String portfolio) {
        return new Selection(source, portfolio, null, null);
    }

    public String key() {
        return "source=" + source + (portfolio == null ? "" : "|portfolio=" + portfolio);
    }

    /** The condition on {@code execution e}, with the names {@code source, portfolio, after, upto} to bind. */
    public static final String CONDITION = """
            e.source = :source and (:portfolio::text is null or e.portfolio = :portfolio)
            and (:after::bigint is null or e.change_seq > :after) and (:upto::bigint is null or e.change_seq <= :upto)""";

    public <T extends SqlStatement<T>> T bind(T statement) {
        return statement.bindMap(bindings());
    }

    Map<String, Object> bindings() {
        Map<String, Object> bindings = new HashMap<>();
        bindings.put("source", source);
        bindings.put("portfolio", portfolio);
        bindings.put("after", afterChangeSeq);
        bindings.put("upto", uptoChangeSeq);
        return bindings;
    }
}
