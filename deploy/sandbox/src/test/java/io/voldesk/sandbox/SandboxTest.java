package io.voldesk.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private static final Sandbox SANDBOX = Sandbox.start(0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(SANDBOX.url() + path));
    }

    private static HttpResponse<byte[]> alpha(String query) throws Exception {
        return send(at("/alpha/v1/executions?" + query).header("Authorization", "Bearer " + Sandbox.ALPHA_KEY));
    }

    private static HttpResponse<byte[]> amberdata(String pathAndQuery) throws Exception {
        return send(at("/amberdata/markets/derivatives/analytics/" + pathAndQuery)
                .header("x-api-key", Sandbox.AMBERDATA_KEY));
    }

    @Test
    void alphaPagesThroughTheVerifiedScope() throws Exception {
        Set<String> ids = new HashSet<>();
        BigDecimal quantity = BigDecimal.ZERO;
        String cursor = "";
        do {
            JsonNode page = JSON.readTree(
                    alpha("portfolio_names=ICOI,IMST&limit=100" + cursor).body());
            for (JsonNode row : page.path("data")) {
                ids.add(row.path("trade_id").asText());
                quantity = quantity.add(new BigDecimal(row.path("quantity").asText()));
            }
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (cursor != null);
        assertEquals(749, ids.size());
        assertEquals(0, quantity.compareTo(new BigDecimal("269267")));
    }

    @Test
    void alphaRefusesWrongKeysParametersAndCursors() throws Exception {
        assertEquals(401, send(at("/alpha/v1/executions?portfolio_names=IMST")).statusCode());
        var bad = alpha("portfolio_names=IMST&limit=0");
        assertEquals(400, bad.statusCode());
        assertEquals("limit", JSON.readTree(bad.body()).path("field").asText());
        assertEquals(400, alpha("portfolio_names=IMST&cursor=x").statusCode());
        assertEquals(400, alpha("").statusCode());
    }

    @Test
    void aRecordingIsServedByteForByteAndAnyOtherDayIsLabelledSimulated() throws Exception {
        var recorded = amberdata(
                "trades-flow/gamma-exposures-snapshots?exchange=deribit&currency=BTC&startDate=2024-04-01T00:00:00Z&endDate=2024-04-01T23:59:59Z");
        assertArrayEquals(Recordings.bytes("amberdata/btc-gamma-exposures-2024-04-01.json"), recorded.body());
        String other =
                "trades-flow/gamma-exposures-snapshots?exchange=deribit&currency=BTC&startDate=2026-02-28T00:00:00Z&endDate=2026-02-28T23:59:59Z";
        JsonNode simulated = JSON.readTree(amberdata(other).body());
        assertTrue(simulated.path("description").asText().contains("SIMULATED"));
        assertTrue(simulated.path("payload").path("data").size() > 24 * 100);
        assertEquals(simulated, JSON.readTree(amberdata(other).body()), "the same question has the same answer");
    }

    @Test
    void solOptionsAreListedUnderTheirLinearCode() throws Exception {
        String day = "&startDate=2026-02-28T00:00:00Z&endDate=2026-02-28T00:59:59Z";
        for (String endpoint : List.of(
                "volatility/level-1-quotes",
                "volatility/delta-surfaces/floating",
                "trades-flow/gamma-exposures-snapshots",
                "realized-volatility/implied-vs-realized")) {
            assertArrayEquals(
                    Recordings.bytes("amberdata/unknown-currency.json"),
                    amberdata(endpoint + "?exchange=deribit&currency=SOL" + day).body());
            JsonNode rows = JSON.readTree(amberdata(endpoint + "?exchange=deribit&currency=SOL_USDC" + day)
                            .body())
                    .at("/payload/data");
            assertEquals("SOL_USDC", rows.path(0).path("currency").asText());
        }
        assertEquals(
                403,
                send(at("/amberdata/markets/spot/reference-rates/sol").header("x-api-key", Sandbox.AMBERDATA_KEY))
                        .statusCode());
    }

    @Test
    void anAnswerNamesItsRoughHoursAndTheUpsideMonth() throws Exception {
        String surface = "volatility/delta-surfaces/floating?exchange=deribit&currency=BTC";
        assertEquals(
                "Successful request (SIMULATED by the Voldesk sandbox; BUTTERFLY at 2026-06-13T23:00:00Z)",
                description(surface + "&startDate=2026-06-13T23:00:00Z&endDate=2026-06-13T23:59:59Z"));
        assertEquals(
                "Successful request (SIMULATED by the Voldesk sandbox; upside vols rise with spot in OCTOBER)",
                description(surface + "&startDate=2026-10-05T00:00:00Z&endDate=2026-10-05T00:59:59Z"));
    }

    @Test
    void theStrangeFillsAreListed() throws Exception {
        JsonNode listed =
                JSON.readTree(send(at("/control/amberdata/strange-fills")).body());
        assertTrue(listed.size() > 25 && listed.size() < 50, listed::toString);
        assertTrue(listed.path(0).asText().startsWith("ALP-"));
    }

    private static String description(String question) throws Exception {
        return JSON.readTree(amberdata(question).body()).path("description").asText();
    }

    @Test
    void shareQuotesHaveGapsAndFaultsAmongThem() throws Exception {
        int gaps = 0;
        int withoutBid = 0;
        int crossed = 0;
        int good = 0;
        for (int strike = 200; strike < 400; strike += 2) {
            JsonNode rows = JSON.readTree(amberdata(
                                    "volatility/level-1-quotes-instrument/tradfi?currency=MSTR&expiration=2026-12-18&putCall=C&strike="
                                            + strike
                                            + "&startDate=2026-11-18T15:00:00Z&endDate=2026-11-18T15:04:00Z&timeInterval=minutes")
                            .body())
                    .path("payload")
                    .path("data");
            JsonNode first = rows.path(0);
            if (rows.isEmpty()) {
                gaps++;
            } else if (first.path("bid").isNull()) {
                withoutBid++;
            } else if (first.path("bid").asDouble() > first.path("ask").asDouble()) {
                crossed++;
            } else {
                good++;
            }
        }
        assertNotEquals(0, gaps);
        assertNotEquals(0, withoutBid);
        assertNotEquals(0, crossed);
        assertTrue(good > 70, "most quotes are good");
    }

    @Test
    void aFaultStrikesAsOftenAsAsked() throws Exception {
        var post = HttpRequest.BodyPublishers.ofString(
                "{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":429,\"retry_after\":7,\"times\":2,\"path\":\"currency=ETH\"}");
        send(at("/control/faults").POST(post));
        String question = "volatility/index?exchange=deribit&currency=ETH&startDate=2026-01-01&endDate=2026-01-02";
        assertEquals(
                "7", amberdata(question).headers().firstValue("Retry-After").orElseThrow());
        assertEquals(429, amberdata(question).statusCode());
        assertEquals(200, amberdata(question).statusCode());
    }
}
