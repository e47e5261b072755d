package io.voldesk.kit.param;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.voldesk.kit.json.JsonRules;
import io.voldesk.kit.json.RefusedValue;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentConvertersTest {
    private static final ObjectMapper JSON = JsonRules.apply(new ObjectMapper().registerModule(new JavaTimeModule()));

    enum Coin {
        @JsonProperty("BTC")
        @JsonAlias("btc")
        BITCOIN,
        @JsonProperty("SOL")
        @JsonAlias({"sol", "SOL_USDC"})
        SOLANA
    }

    interface Resource {
        void get(
                @QueryParam("on_date") LocalDate date,
                @QueryParam("since") Instant from,
                @QueryParam("to") @UpTo Instant to,
                @QueryParam("before") @UpTo(excluded = true) Instant before,
                @QueryParam("limit") @DefaultValue("50") int limit,
                @PathParam("id") long id,
                @QueryParam("level") Double level,
                @QueryParam("pending") Boolean pending,
                @QueryParam("coin") @DefaultValue("BTC") Coin coin,
                @QueryParam("q") String text);
    }

    private static Object read(String name, String sent) {
        Parameter parameter = Arrays.stream(Resource.class.getDeclaredMethods()[0].getParameters())
                .filter(p -> ArgumentConverters.name(p.getAnnotations())
                        .orElseThrow()
                        .equals(name))
                .findFirst()
                .orElseThrow();
        return new ArgumentConverters(JSON)
                .getConverter(parameter.getType(), parameter.getParameterizedType(), parameter.getAnnotations())
                .fromString(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "on_date, 2024-02-29, 2024-02-29",
        "on_date, 1970-01-01, 1970-01-01",
        "on_date, 9999-12-31, 9999-12-31",
        "since, 2024-04-01, 2024-04-01T00:00:00Z",
        "since, 2024-04-01T02:30:00+05:30, 2024-03-31T21:00:00Z",
        "to, 2024-04-01, 2024-04-01T23:59:59Z",
        "to, 2024-04-01T12:00:00Z, 2024-04-01T12:00:00Z",
        "to, 9999-12-31, 9999-12-31T23:59:59Z",
        "before, 2024-04-01, 2024-04-02T00:00:00Z",
        "limit, 7, 7",
        "limit, -7, -7",
        "limit, '', 50",
        "id, 9223372036854775807, 9223372036854775807",
        "level, 12.5e1, 125.0",
        "pending, false, false",
        "coin, BTC, BITCOIN",
        "coin, SOL_USDC, SOLANA",
        "coin, '', BITCOIN",
        "q, Zoë 💹, Zoë 💹",
    })
    void readsWhatItSays(String name, String sent, String value) {
        assertEquals(value, String.valueOf(read(name, sent)));
    }

    @ParameterizedTest
    @CsvSource({
        "on_date, +999999999-12-31",
        "on_date, -999999999-01-01",
        "on_date, +10000-01-01",
        "on_date, 1969-12-31",
        "on_date, 0000-00-00",
        "on_date, 2023-02-29",
        "on_date, 2024-4-1",
        "on_date, ２０２４-04-01",
        "on_date, 2024-04-01T00:00:00Z",
        "since, +999999999-12-31T23:59:59.999999999-18:00",
        "since, -999999999-01-01T00:00:00+18:00",
        "since, +294277-01-01T00:00:00Z",
        "since, 1969-12-31T23:59:59.999Z",
        "since, 9999-12-31T23:59:59-01:00",
        "since, 2024-04-01T00:00:00",
        "since, 1711929600",
        "to, +10000-1-1",
        "limit, 2147483648",
        "limit, ٣",
        "limit, ７",
        "limit, 1e3",
        "limit, +1",
        "limit, ' 1'",
        "limit, 0x10",
        "id, ''",
        "id, ' '",
        "id, 9223372036854775808",
        "id, 99999999999999999999999",
        "level, 1e999",
        "level, NaN",
        "level, Infinity",
        "level, 0x1p3",
        "level, 1d",
        "pending, TRUE",
        "pending, 1",
        "coin, Bitcoin",
        "coin, 0",
        "coin, DOGE",
    })
    void refusesTheRestByName(String name, String sent) {
        Problem refused = assertThrows(Problem.class, () -> read(name, sent));
        assertEquals(400, refused.status());
        assertEquals(name, refused.errors().getFirst().field());
    }

    @Test
    void refusesTextThatNoStoreCanHold() {
        for (String sent : new String[] {"a\0b", "\ud83d", "\udcb9\ud83d", "x".repeat(Arguments.LONGEST_TEXT + 1)}) {
            assertEquals(
                    "q",
                    assertThrows(Problem.class, () -> read("q", sent))
                            .errors()
                            .getFirst()
                            .field());
        }
    }

    @Test
    void whatIsBlankIsNotThere() {
        assertNull(read("on_date", ""));
        assertNull(read("q", " "));
    }

    @Test
    void rangesRunForwardAndHaveALongest() {
        LocalDate day = LocalDate.of(2024, 4, 1);
        assertEquals(day, DateRange.of(day, day, 0).to());
        assertRefused("from", () -> DateRange.of(day, day.minusDays(1), 10));
        assertRefused("from", () -> DateRange.of(day, day.plusDays(11), 10));
        assertRefused("to", () -> DateRange.of(day, null, 10));
        assertRefused("from", () -> DateRange.of(Arguments.EARLIEST, Arguments.LATEST, 400));
        Instant now = Instant.EPOCH;
        assertRefused("from", () -> TimeRange.of(now, now.minusSeconds(1), Duration.ofDays(1)));
        assertRefused("from", () -> TimeRange.of(now, now.plusSeconds(86_401), Duration.ofDays(1)));
    }

    private static void assertRefused(String field, org.junit.jupiter.api.function.Executable what) {
        assertEquals(
                field, assertThrows(Problem.class, what).errors().getFirst().field());
    }

    record Body(LocalDate date, Instant until, String reason, Coin coin) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'date':'-999999999-01-01'}|date",
                "{'date':'+999999999-12-31'}|date",
                "{'date':''}|date",
                "{'until':'+294277-01-01T00:00:00Z'}|until",
                "{'until':1711929600}|until",
                "{'until':[2024,4,1]}|until",
                "{'reason':'a\\u0000b'}|reason",
                "{'reason':'\\ud83d'}|reason",
                "{'coin':0}|coin",
                "{'coin':'0'}|coin",
                "{'coin':'BITCOIN'}|coin",
            })
    void bodiesFollowTheSameRules(String body, String field) {
        var refused =
                assertThrows(JsonProcessingException.class, () -> JSON.readValue(body.replace('\'', '"'), Body.class));
        String path = ((com.fasterxml.jackson.databind.JsonMappingException) refused)
                .getPath()
                .getFirst()
                .getFieldName();
        assertEquals(field, path);
    }

    @Test
    void bodiesSayWhy() throws Exception {
        var refused = assertThrows(RefusedValue.class, () -> JSON.readValue("{\"date\":\"1066-10-14\"}", Body.class));
        assertEquals("must lie between 1970-01-01 and 9999-12-31", refused.why());
        refused = assertThrows(RefusedValue.class, () -> JSON.readValue("{\"coin\":\"DOGE\"}", Body.class));
        assertEquals("must be one of BTC, SOL", refused.why());
        Body read = JSON.readValue("{\"date\":\"2024-04-01\",\"until\":\"2024-04-01\",\"coin\":\"sol\"}", Body.class);
        assertEquals(Instant.parse("2024-04-01T00:00:00Z"), read.until());
        assertEquals(Coin.SOLANA, read.coin());
    }
}
