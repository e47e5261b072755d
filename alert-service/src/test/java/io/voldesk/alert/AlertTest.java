package io.voldesk.alert;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "alert"))
@QuarkusTestResource(TestSandbox.class)
@QuarkusTestResource(StubServices.class)
class AlertTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void fresh() {
        StubServices.inverted = true;
        StubServices.stale = false;
        StubServices.DYING.clear();
        StubServices.INSTEAD.clear();
        given().delete(sandbox + "/control/faults");
        given().delete(sandbox + "/control/slack/messages");
        jdbi.useHandle(handle ->
                handle.execute("truncate signal, dispatch, dispatch_signal, dry_run, dry_run_signal, silence"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post("/api/alerts/" + path)
                .then();
    }

    @Test
    void anInvertedTermStructureFiresAndIsResolved() {
        post("refresh", "{}")
                .statusCode(200)
                .body("items.kind", hasItem("term_inversion"))
                .body(
                        "items.find { it.kind == 'term_inversion' && it.currency == 'BTC' }.text",
                        containsString("60.0 %"))
                .body(
                        "items.find { it.kind == 'term_inversion' && it.currency == 'BTC' }.inputs.age_seconds",
                        equalTo(List.of(0, 0)))
                .body("items.find { it.kind == 'sync_overdue' }.text", containsString("no Alpha sync"));
        StubServices.inverted = false;
        post("refresh", "{}").body("items.kind", not(hasItem("term_inversion")));
        given().get("/api/alerts/signals").then().body("recently_resolved.kind", hasItem("term_inversion"));
    }

    @Test
    void readsOfTheOtherServicesCarryTheSecret() {
        StubServices.SECRETS.clear();
        post("refresh", "{}").statusCode(200);
        assertEquals(Set.of("test-secret"), StubServices.SECRETS);
    }

    @Test
    void aStaleInputFiresNothingButTheDataQualitySignalThatSaysWhy() {
        StubServices.stale = true;
        post("refresh", "{}")
                .body("items.kind", not(hasItem("term_inversion")))
                .body(
                        "items.find { it.kind == 'data_quality' && it.currency == 'BTC' }.text",
                        containsString("older_than_tolerance"));
    }

    @Test
    void aDryRunShowsWhatWouldBeSentAndADispatchSendsItOnce() {
        post("refresh", "{}");
        post("dispatch", "{}")
                .statusCode(200)
                .body("dry_run", equalTo(true))
                .body("results.status", everyItem(equalTo("would_send")))
                .body("message.blocks", not(hasSize(0)));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(0));
        given().get("/api/alerts/dispatches").then().body("items", hasSize(0));

        post("dispatch", "{\"dry_run\":false,\"note\":\"morning <check>\"}")
                .body("status", equalTo("ok"))
                .body("results.status", everyItem(equalTo("delivered")));
        String kept = given().get(sandbox + "/control/slack/messages")
                .then()
                .body("", hasSize(1))
                .extract()
                .asString();
        assertTrue(kept.contains("morning &lt;check&gt;"), kept);

        post("dispatch", "{\"dry_run\":false}").body("results.status", everyItem(equalTo("duplicate")));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_payload",
        "400,no_text",
        "400,too_many_attachments",
        "403,action_prohibited",
        "403,invalid_token",
        "403,posting_to_general_channel_denied",
        "403,team_disabled",
        "404,channel_not_found",
        "404,no_service",
        "404,no_active_hooks",
        "404,no_team",
        "410,channel_is_archived",
        "500,rollup_error"
    })
    void slacksOwnErrorIsShownAndTheUrlIsNot(int status, String word) {
        post("refresh", "{}");
        // a 5xx is asked again: only one that lasts is shown
        given().body("{\"vendor\":\"slack\",\"kind\":\"status\",\"status\":%d,\"body\":\"%s\",\"times\":%d}"
                        .formatted(status, word, status >= 500 ? -1 : 1))
                .post(sandbox + "/control/faults");
        String answer = post("dispatch", "{\"dry_run\":false}")
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("error", equalTo("Slack answered " + status + ": " + word))
                .extract()
                .asString();
        assertFalse(answer.contains("webhook"), "the URL is the secret");
        given().get("/api/alerts/dispatches").then().body("items[0].status", equalTo("failed"));
        given().delete(sandbox + "/control/faults");
        post("dispatch", "{\"dry_run\":false}").body("results.status", everyItem(equalTo("delivered")));
    }

    @Test
    void aBusySlackIsAskedAgainAndATimeoutAfterDeliveryIsUnknown() {
        post("refresh", "{}");
        given().body("{\"vendor\":\"slack\",\"kind\":\"status\",\"status\":429,\"retry_after\":1,\"body\":\"\"}")
                .post(sandbox + "/control/faults");
        post("dispatch", "{\"dry_run\":false}").body("status", equalTo("ok"));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(1));

        jdbi.useHandle(handle -> handle.execute("truncate dispatch, dispatch_signal, dry_run, dry_run_signal"));
        given().body("{\"vendor\":\"slack\",\"kind\":\"latency\",\"delay_ms\":4000,\"after_effect\":true}")
                .post(sandbox + "/control/faults");
        post("dispatch", "{\"dry_run\":false}").body("status", equalTo("unknown"));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(2));
        post("dispatch", "{\"dry_run\":false}")
                .body("results.status", everyItem(equalTo("duplicate")))
                .body("results.reason", everyItem(containsString("may have arrived")));
    }

    @Test
    void aServiceThatDiesInTheCallLeavesItsRulesWithoutDataAndNoOther() {
        post("refresh", "{}").body("items.kind", hasItem("term_inversion"));
        StubServices.inverted = false;
        StubServices.DYING.addAll(List.of(StubServices.OVERVIEW, StubServices.CARD));
        post("refresh", "{}")
                .statusCode(200)
                .body("items.kind", hasItem("term_inversion")) // what fired goes on firing
                .body("items.kind", hasItem("sync_overdue"))
                .body(
                        "items.find { it.fingerprint == 'data_quality|BTC|inputs' }.text",
                        containsString("term_inversion (overview: "))
                .body(
                        "items.find { it.fingerprint == 'data_quality||inputs' }.text",
                        containsString("sync_overdue (sync_card: "));
        StubServices.DYING.clear();
        post("refresh", "{}")
                .body("items.kind", not(hasItem("term_inversion")))
                .body("items.fingerprint", not(hasItem("data_quality||inputs")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"last_successful_sync_at\":null}|'last_error'",
                "<html>busy</html>|could not be read",
                "null|empty",
                "''|empty"
            })
    void anAnswerThatIsNoneIsAReason(String instead, String reason) {
        StubServices.INSTEAD.put(StubServices.CARD, instead);
        post("refresh", "{}")
                .statusCode(200)
                .body("items.find { it.fingerprint == 'data_quality||inputs' }.text", containsString(reason));
    }

    @Test
    void theTableOfRulesIsServed() {
        given().get("/api/alerts/rules")
                .then()
                .statusCode(200)
                .body("states.state", equalTo(List.of("firing", "resolved", "no data")))
                .body("items", hasSize(14))
                .body("items.find { it.kind == 'dvol_jump' }.comparison", equalTo(">="))
                .body("items.find { it.kind == 'dvol_jump' }.fires_at", equalTo(0.05f))
                .body("items.find { it.kind == 'dvol_jump' }.holds_at", equalTo(0.03f))
                .body(
                        "items.find { it.kind == 'dvol_jump' }.severities.severity",
                        equalTo(List.of("warning", "critical")))
                .body("items.find { it.kind == 'dvol_jump' }.repeat_interval_seconds", equalTo(21_600))
                .body("items.find { it.kind == 'dvol_jump' }.text", containsString("{change}"));
    }

    private static String silenceUntil(Instant until) {
        return "{\"kind\":\"term_inversion\",\"until\":\"%s\",\"reason\":\"expiry week\"}".formatted(until);
    }

    @Test
    void aSilenceKeepsAKindBackUntilItIsLifted() {
        post("refresh", "{}");
        int id = post("silences", silenceUntil(Instant.now().plusSeconds(600)))
                .statusCode(200)
                .body("author", equalTo("admin-secret"))
                .body("lifted", equalTo(false))
                .extract()
                .path("id");
        String ofInversion = "results.findAll { it.fingerprint.startsWith('term_inversion') }.status";
        post("dispatch", "{}").body(ofInversion, everyItem(equalTo("silenced")));
        given().get("/api/alerts/silences").then().body("items", hasSize(1)).body("next_cursor", nullValue());
        given().get("/api/alerts/silences?state=over").then().body("items", hasSize(0));

        given().delete("/api/alerts/silences/" + id).then().statusCode(401);
        given().header("x-admin-secret", "test-secret")
                .header("x-internal-actor", "someone@voldesk.example")
                .delete("/api/alerts/silences/" + id)
                .then()
                .statusCode(200)
                .body("lifted_by", equalTo("someone@voldesk.example"))
                .body("lifted_at", not(nullValue()));
        given().header("x-admin-secret", "test-secret")
                .delete("/api/alerts/silences/" + id)
                .then()
                .statusCode(404);
        post("dispatch", "{}").body(ofInversion, everyItem(equalTo("would_send")));
        given().get("/api/alerts/silences").then().body("items", hasSize(0));
        given().get("/api/alerts/silences?state=over")
                .then()
                .body("items", hasSize(1))
                .body("items[0].author", equalTo("admin-secret"))
                .body("items[0].lifted_by", equalTo("someone@voldesk.example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":\"y\",\"until\":\"SOON\"}|kind",
                "{\"kind\":\"x\",\"reason\":\"y\",\"until\":\"SOON\"}|kind",
                "{\"kind\":\"TERM_INVERSION\",\"reason\":\"y\",\"until\":\"SOON\"}|kind",
                "{\"kind\":\"term_inversion\",\"currency\":\"XRP\",\"reason\":\"y\",\"until\":\"SOON\"}|currency",
                "{\"kind\":\"term_inversion\",\"currency\":\"\",\"reason\":\"y\",\"until\":\"SOON\"}|currency",
                "{\"kind\":\"term_inversion\",\"reason\":\" \",\"until\":\"SOON\"}|reason",
                "{\"kind\":\"term_inversion\",\"reason\":\"a\\u0000b\",\"until\":\"SOON\"}|reason",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\",\"until\":\"2020-01-01\"}|until",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\"}|until",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\",\"until\":\"LATE\"}|until",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\",\"until\":\"9999-12-31\"}|until",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\",\"until\":\"+294277-01-01T00:00:00Z\"}|until",
                "{\"kind\":\"term_inversion\",\"reason\":\"y\",\"until\":\"+999999999-12-31T23:59:59Z\"}|until"
            })
    void aSilenceIsStrictAboutWhatItKeepsBackAndForHowLong(String body, String field) {
        Instant soon = Instant.now().plusSeconds(600);
        Instant late = Instant.now().plus(Duration.ofDays(90)).plusSeconds(60);
        post("silences", body.replace("SOON", soon.toString()).replace("LATE", late.toString()))
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
        given().get("/api/alerts/silences").then().body("items", hasSize(0));
    }

    @Test
    void aDispatchBoundToItsDryRunSendsExactlyWhatWasShown() {
        post("refresh", "{}");
        var dry = post("dispatch", "{\"note\":\"morning\"}").extract().jsonPath();
        long id = dry.getLong("dry_run_id");
        post("dispatch", "{\"dry_run\":false,\"dry_run_id\":%d}".formatted(id))
                .statusCode(200)
                .body("dry_run_id", equalTo((int) id))
                .body("results.status", everyItem(equalTo("delivered")))
                .body("message", equalTo(dry.get("message")));
        given().get("/api/alerts/dispatches").then().body("items[0].dry_run_id", equalTo((int) id));
        post("dispatch", "{\"dry_run\":false,\"dry_run_id\":%d}".formatted(id))
                .statusCode(409)
                .body("detail", containsString("dispatched already"));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(1));
    }

    @Test
    void aDispatchIsTurnedAwayWithWhatDiffersFromItsDryRun() {
        post("refresh", "{}");
        var dry = post("dispatch", "{}").extract().jsonPath();
        long id = dry.getLong("dry_run_id");
        List<Integer> shown = dry.getList("results.signal_id");

        bound(id, "\"signal_ids\":" + shown.subList(1, shown.size()))
                .body("differences", hasSize(1))
                .body("differences[0].signal_id", equalTo(shown.getFirst()))
                .body("differences[0].difference", equalTo("left_out"));
        bound(id, "\"signal_ids\":[999999," + shown.toString().substring(1))
                .body("differences.difference", equalTo(List.of("not_in_dry_run")));
        bound(id, "\"note\":\"another\"").body("detail", containsString("note"));

        int silence = post("silences", silenceUntil(Instant.now().plusSeconds(600)))
                .extract()
                .path("id");
        bound(id, "\"note\":null").body("differences.difference", everyItem(equalTo("silenced")));
        given().header("x-admin-secret", "test-secret").delete("/api/alerts/silences/" + silence);

        jdbi.useHandle(handle -> handle.execute(
                "update signal set text = text || ', and more' where fingerprint = 'term_inversion|BTC|inverted'"));
        bound(id, "\"note\":null")
                .body("differences.difference", equalTo(List.of("changed")))
                .body("differences[0].fingerprint", equalTo("term_inversion|BTC|inverted"))
                .body("differences[0].detail", containsString(", and more"));

        StubServices.inverted = false;
        post("refresh", "{}");
        bound(id, "\"note\":null").body("differences.difference", everyItem(equalTo("resolved")));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(0));
    }

    @Test
    void aDryRunThatAnotherDispatchOvertookOrThatIsOldUnlocksNothing() {
        post("refresh", "{}");
        long id = post("dispatch", "{}").extract().jsonPath().getLong("dry_run_id");
        post("dispatch", "{\"dry_run\":false}").body("status", equalTo("ok"));
        bound(id, "\"note\":null").body("differences.difference", everyItem(equalTo("delivered")));
        jdbi.useHandle(handle -> handle.execute("truncate dispatch, dispatch_signal"));
        jdbi.useHandle(handle -> handle.execute("update dry_run set created_at = created_at - interval '16 minutes'"));
        bound(id, "\"note\":null").body("detail", containsString("older than 15 minutes"));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(1));
    }

    private static ValidatableResponse bound(long dryRunId, String more) {
        return post("dispatch", "{\"dry_run\":false,\"dry_run_id\":%d,%s}".formatted(dryRunId, more))
                .statusCode(409);
    }

    /** A line is locked by the session of its sender: as long as that lives, of this instance or another, it is on its way. */
    @Test
    void aMessageIsAbandonedOnlyWhereNobodyIsSending() {
        jdbi.useHandle(session -> {
            session.execute("""
                    insert into dispatch (requested_by, message, status, created_at) values ('x', '{}', 'sending', now())""");
            session.execute("select pg_advisory_lock(hashtextextended('dispatch:' || max(id), 0)) from dispatch");
            given().get("/api/alerts/dispatches").then().body("items[0].status", equalTo("sending"));
            session.execute("select pg_advisory_unlock_all()");
        });
        given().get("/api/alerts/dispatches")
                .then()
                .body("items[0].status", equalTo("unknown"))
                .body("items[0].error", equalTo("the service stopped while sending"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dispatch|{\"dryrun\":true}|dryrun",
                "dispatch|{\"signal_ids\":[77]}|signal_ids",
                "dispatch|{\"signal_ids\":[null]}|signal_ids[0]",
                "dispatch|{\"dry_run\":false,\"signal_ids\":[null]}|signal_ids[0]",
                "dispatch|{\"note\":\"a\\u0000b\"}|note",
                "dispatch|{\"dry_run\":false,\"dry_run_id\":4711}|dry_run_id",
                "dispatch|{\"dry_run_id\":4711}|dry_run_id",
                "refresh|{\"a\":1}|a"
            })
    void badInputIsRefusedByField(String path, String body, String field) {
        post(path, body).statusCode(400).body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({"silences?state=off,state", "dispatches?limit=0,limit", "dispatches?cursor=-1,cursor"})
    void badParametersAreRefusedByName(String path, String field) {
        given().get("/api/alerts/" + path).then().statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void lockedRoutesNeedTheSecret() {
        for (String path : new String[] {"refresh", "dispatch", "silences"}) {
            given().contentType("application/json")
                    .body("{}")
                    .post("/api/alerts/" + path)
                    .then()
                    .statusCode(401);
        }
    }
}
