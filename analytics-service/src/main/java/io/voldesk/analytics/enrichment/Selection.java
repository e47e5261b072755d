package io.voldesk.analytics.enrichment;

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

    public <T extends org.jdbi.v3.core.statement.SqlStatement<T>> T bind(T statement) {
        return statement
                .bind("source", source)
                .bind("portfolio", portfolio)
                .bind("after", afterChangeSeq)
                .bind("upto", uptoChangeSeq);
    }
}
