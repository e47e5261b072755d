package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;

import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What the tests of execution sync say to the service, to the sandbox's Alpha, and to the database. */
public final class SyncHouse {
    public static final String SYNC = "/api/internal/trades/sync";
    public static final String PREVIEW = "{\"source\":\"alpha_sync\"}";
    public static final String FULL_PREVIEW = "{\"source\":\"alpha_sync\",\"full_scope_diagnostic\":true}";
    public static final String REAL = "{\"source\":\"alpha_sync\",\"dry_run\":false}";

    static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL));

    private final String sandbox;
    private final Jdbi jdbi;

    public SyncHouse(String sandbox, Jdbi jdbi) {
        this.sandbox = sandbox;
        this.jdbi = jdbi;
    }

    /** An empty cache before the shipped source. */
    public void fresh() {
        // a run that an earlier test left behind must not hang this one
        jdbi.useTransaction(handle -> handle.execute("""
                set local lock_timeout = '20s';
                truncate execution, execution_history, internal_trade_sync_state, sync_run, rejected_execution, enrichment_owed, job, job_queue,
                future_execution, contract_approval, diagnostic, diagnostic_break, sync_hold, preview_write, preview_exception"""));
        jdbi.useHandle(handle -> handle.execute("alter sequence change_seq restart"));
        given().delete(sandbox + "/control/faults").then().statusCode(204);
        given().post(sandbox + "/control/alpha/reset").then().statusCode(204);
    }

    static RequestSpecification admin() {
        return given().config(EXACT).header("x-admin-secret", "test-secret").contentType("application/json");
    }

    public static ValidatableResponse post(String body) {
        return admin().body(body).post(SYNC).then();
    }

    public void fault(String json) {
        given().body(json).post(sandbox + "/control/faults").then().statusCode(204);
    }

    void noFaults() {
        given().delete(sandbox + "/control/faults").then().statusCode(204);
    }

    /** Alpha serves exactly these bytes, page by page; a page's next_cursor {@code page-N} leads to the N-th. */
    void play(byte[]... pages) {
        String list = Arrays.stream(pages)
                .map(page -> "\"" + Base64.getEncoder().encodeToString(page) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        given().body(list).put(sandbox + "/control/alpha/pages").then().statusCode(204);
    }

    public void play(String... pages) {
        play(Arrays.stream(pages)
                .map(page -> page.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** A page of rows, with the number of the page its cursor leads to; null for the last. */
    public static String page(Integer next, String... rows) {
        return "{\"data\":[%s],\"next_cursor\":%s,\"as_of\":\"2026-11-20T21:05:00Z\"}"
                .formatted(String.join(",", rows), next == null ? "null" : "\"page-" + next + "\"");
    }

    /** A good row; {@code changes} are pairs of a field and the JSON that stands in its place, null for no such field. */
    public static String row(String id, String... changes) {
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("trade_id", "\"" + id + "\"");
        fields.put("version", "1");
        fields.put("portfolio", "\"IMST\"");
        fields.put("status", "\"filled\"");
        fields.put("recon_status", "\"matched\"");
        fields.put("symbol", "\"MSTR  271217C00400000\"");
        fields.put("underlying", "\"MSTR\"");
        fields.put("side", "\"sell_to_open\"");
        fields.put("quantity", "\"10\"");
        fields.put("price", "\"12.34\"");
        fields.put("multiplier", "100");
        fields.put("fees", "1.25");
        fields.put("currency", "\"USD\"");
        fields.put("executed_at", "\"2026-11-20T15:00:00-05:00\"");
        fields.put("updated_at", "\"2026-11-20T20:01:00Z\"");
        fields.put("settle_date", "null");
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                fields.remove(changes[i]);
            } else {
                fields.put(changes[i], changes[i + 1]);
            }
        }
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    public long cached() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from execution")
                .mapTo(Long.class)
                .one());
    }
}
