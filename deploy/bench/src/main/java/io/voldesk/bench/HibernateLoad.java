package io.voldesk.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * The peer of execution sync's first load: the same rows, merged by Hibernate in batches of 1,000, one transaction.
 *
 * <p>Arguments: JDBC URL of the {@code trade_sync} schema, file of executions as JSON, one a line. Prints the seconds it took.
 */
public final class HibernateLoad {
    private static final int BATCH = 1_000;

    private HibernateLoad() {}

    /** As {@code trade_sync.execution}, without its bookkeeping. */
    @Entity
    @Table(name = "bench_hibernate")
    public static class Row {
        @Id
        @Column(name = "source_trade_id")
        String sourceTradeId;

        int version;
        String portfolio;
        String status;

        @Column(name = "recon_status")
        String reconStatus;

        String symbol;
        String underlying;
        LocalDate expiry;
        String side;
        BigDecimal quantity;
        BigDecimal price;
        int multiplier;

        @Column(name = "fees_usd")
        BigDecimal feesUsd;

        @Column(name = "premium_usd")
        BigDecimal premiumUsd;

        @Column(name = "executed_at")
        Instant executedAt;

        @Column(name = "updated_at")
        Instant updatedAt;

        @Column(columnDefinition = "text")
        String raw;
    }

    public static void main(String[] arguments) throws IOException {
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Row.class)
                .setProperty("hibernate.connection.url", arguments[0])
                .setProperty("hibernate.connection.username", "trade_sync")
                .setProperty("hibernate.connection.password", "trade_sync")
                .setProperty("hibernate.jdbc.batch_size", String.valueOf(BATCH))
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.hbm2ddl.auto", "create");
        ObjectMapper json = new ObjectMapper();
        try (SessionFactory sessions = configuration.buildSessionFactory();
                Session session = sessions.openSession();
                Stream<String> lines = Files.lines(Path.of(arguments[1]))) {
            long start = System.nanoTime();
            session.beginTransaction();
            int count = 0;
            for (Iterator<String> line = lines.iterator(); line.hasNext(); count++) {
                String raw = line.next();
                session.merge(row(json.readTree(raw), raw));
                if (count % BATCH == BATCH - 1) {
                    session.flush();
                    session.clear();
                }
            }
            session.getTransaction().commit();
            System.out.println(List.of(count, (System.nanoTime() - start) / 1e9));
        }
    }

    private static Row row(JsonNode json, String raw) {
        Row row = new Row();
        row.sourceTradeId = json.get("trade_id").asText();
        row.version = json.get("version").asInt();
        row.portfolio = json.get("portfolio").asText();
        row.status = json.get("status").asText();
        row.reconStatus = json.get("recon_status").asText();
        row.symbol = json.get("symbol").asText();
        row.underlying = json.get("underlying").asText();
        row.expiry = LocalDate.of(
                2000 + Integer.parseInt(row.symbol.substring(6, 8)),
                Integer.parseInt(row.symbol.substring(8, 10)),
                Integer.parseInt(row.symbol.substring(10, 12)));
        row.side = json.get("side").asText();
        row.quantity = new BigDecimal(json.get("quantity").asText());
        row.price = new BigDecimal(json.get("price").asText());
        row.multiplier = json.get("multiplier").asInt();
        row.feesUsd = new BigDecimal(json.get("fees").asText());
        row.premiumUsd = row.quantity.multiply(row.price).multiply(BigDecimal.valueOf(row.multiplier));
        row.executedAt = Instant.parse(json.get("executed_at").asText());
        row.updatedAt = Instant.parse(json.get("updated_at").asText());
        row.raw = raw;
        return row;
    }
}
