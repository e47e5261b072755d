package io.voldesk.alert;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
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
        given().delete(sandbox + "/control/faults");
        given().delete(sandbox + "/control/slack/messages");
        jdbi.useHandle(handle -> handle.execute("truncate signal, dispatch, dispatch_signal, silence"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post("/api/alerts/" + path)
                .then();
    }

    @Test
    void anInvertedTermStructureIsRaisedKeptByHysteresisAndCleared() {
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
        given().get("/api/alerts/signals").then().body("recently_cleared.kind", hasItem("term_inversion"));
    }

    @Test
    void readsOfTheOtherServicesCarryTheSecret() {
        StubServices.SECRETS.clear();
        post("refresh", "{}").statusCode(200);
        assertEquals(Set.of("test-secret"), StubServices.SECRETS);
    }

    @Test
    void aStaleInputRaisesNothingButTheDataQualitySignalThatSaysWhy() {
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

        jdbi.useHandle(handle -> handle.execute("truncate dispatch, dispatch_signal"));
        given().body("{\"vendor\":\"slack\",\"kind\":\"latency\",\"delay_ms\":4000,\"after_effect\":true}")
                .post(sandbox + "/control/faults");
        post("dispatch", "{\"dry_run\":false}").body("status", equalTo("unknown"));
        given().get(sandbox + "/control/slack/messages").then().body("", hasSize(2));
        post("dispatch", "{\"dry_run\":false}")
                .body("results.status", everyItem(equalTo("duplicate")))
                .body("results.reason", everyItem(containsString("may have arrived")));
    }

    @Test
    void aSilenceKeepsAKindBackUntilItEnds() {
        post("refresh", "{}");
        post(
                        "silences",
                        "{\"kind\":\"term_inversion\",\"until\":\"%s\",\"reason\":\"expiry week\"}"
                                .formatted(Instant.now().plusSeconds(600)))
                .statusCode(200)
                .body("author", equalTo("admin-secret"));
        post("dispatch", "{}")
                .body(
                        "results.findAll { it.fingerprint.startsWith('term_inversion') }.status",
                        everyItem(equalTo("silenced")));
        given().get("/api/alerts/silences").then().body("items", hasSize(1)).body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dispatch|{\"dryrun\":true}|dryrun",
                "dispatch|{\"signal_ids\":[77]}|signal_ids",
                "silences|{\"kind\":\"x\",\"reason\":\"y\",\"until\":\"2020-01-01\"}|until",
                "refresh|{\"a\":1}|a"
            })
    void badInputIsRefusedByField(String path, String body, String field) {
        post(path, body).statusCode(400).body("errors[0].field", equalTo(field));
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
