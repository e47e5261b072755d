package io.voldesk.snapshot.amberdata;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Jdbi;

/** Vendor answers as they came, compressed and addressed by content; written in a transaction of its own. */
@ApplicationScoped
public class RawArchive {
    private final Jdbi jdbi;
    private final Clock clock;

    public RawArchive(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Where a number came from: the question, when it was asked, and the content's hash. */
    public record Trace(long id, String endpoint, String query, String sha256, Instant receivedAt, int size) {}

    /** Keeps an answer and gives its id; the same answer to the same question is kept once. */
    long keep(String endpoint, Map<String, String> query, Instant requestedAt, byte[] body) {
        return keep(endpoint, query, requestedAt, body, true);
    }

    /** Keeps what came in place of an answer, for whoever looks into it; it never stands for one. */
    void keepUnreadable(String endpoint, Map<String, String> query, Instant requestedAt, byte[] body) {
        keep(endpoint, query, requestedAt, body, false);
    }

    private long keep(String endpoint, Map<String, String> query, Instant requestedAt, byte[] body, boolean readable) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into raw_payload (sha256, endpoint, query, requested_at, received_at, size, body_gzip, readable)
                        values (:sha, :endpoint, :query, :requested, :received, :size, :body, :readable)
                        on conflict (endpoint, query, sha256) do update set received_at = excluded.received_at
                        returning id""")
                .bind("sha", sha256(body))
                .bind("endpoint", endpoint)
                .bind("query", asText(query))
                .bind("requested", requestedAt)
                .bind("received", clock.instant())
                .bind("size", body.length)
                .bind("body", gzip(body))
                .bind("readable", readable)
                .mapTo(Long.class)
                .one());
    }

    byte[] body(long id) {
        byte[] zipped = jdbi.withHandle(handle -> handle.createQuery("select body_gzip from raw_payload where id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .one());
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the answers kept for a question the one that a run between two instants was given; empty where none is kept. */
    Optional<Long> answerOf(String endpoint, Map<String, String> query, Instant started, Instant finished) {
        // an answer that came again later has a later received_at, so the span of an answer's life is compared, not a
        // point
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id from raw_payload
                        where readable and endpoint = :endpoint and query = :query and requested_at <= :finished and received_at >= :started
                        order by (received_at <= :finished) desc, received_at desc limit 1""")
                .bind("endpoint", endpoint)
                .bind("query", asText(query))
                .bind("started", started)
                .bind("finished", finished)
                .mapTo(Long.class)
                .findOne());
    }

    public Optional<Trace> trace(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, endpoint, query, sha256, received_at, size from raw_payload where id = :id")
                .bind("id", id)
                .map((row, context) -> new Trace(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getInt(6)))
                .findOne());
    }

    private static String asText(Map<String, String> query) {
        return query.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
