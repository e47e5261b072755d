package io.voldesk.analytics.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.voldesk.kit.json.JsonRules;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.ExportedExecution;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page of the export is taken over whole or not at all. */
class ExportPageTest {
    private static final ObjectMapper JSON = JsonRules.apply(new ObjectMapper().registerModule(new JavaTimeModule()));
    private static final String LINE = """
            {"change_seq":1,"source":"alpha_sync","source_trade_id":"Ä-1","version":1,"portfolio":"IMST","status":"filled",\
            "symbol":"MSTR  261218C00300000","underlying":"MSTR","side":-1,"quantity":10,"price":12.5,"multiplier":100,\
            "fees_usd":null,"executed_at":"2026-11-10T15:30:00Z","position_effect":"close","identity":"exact_listed",\
            "deliverable":null,"currency":"USD","premium_usd":12500,"provider_root":"MSTR"}
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aWholePageIsReadAndOneOfNoChangesSaysSo() {
        ExportPage page = ExportPage.read(bytes(LINE + LINE + "{\"rows\":2}\n"), JSON);
        assertEquals(2, page.rows().size());
        ExportedExecution row = page.rows().getFirst();
        assertEquals("Ä-1", row.sourceTradeId());
        assertEquals(ContractIdentity.Status.EXACT_LISTED, row.identity());
        assertEquals("MSTR", row.providerRoot());
        assertTrue(ExportPage.read(bytes("{\"rows\":0}\n"), JSON).rows().isEmpty());
    }

    static Stream<Arguments> cut() {
        return Stream.of(
                Arguments.of("nothing", "", "is empty"),
                Arguments.of("line ends alone", "\n\n", "is empty"),
                Arguments.of("no count", LINE, "no count after 0 rows"),
                Arguments.of("no count behind some", LINE + LINE, "no count after 1 rows"),
                Arguments.of("fewer than counted", LINE + "{\"rows\":2}\n", "holds 1 rows and counts 2"),
                Arguments.of("more than counted", LINE + LINE + "{\"rows\":1}\n", "holds 2 rows and counts 1"),
                Arguments.of("counted and nothing there", "{\"rows\":3}\n", "holds 0 rows and counts 3"),
                Arguments.of("half a count", LINE + "{\"rows\":", "no count after 1 rows"),
                Arguments.of("a count of something", LINE + "{\"rows\":null}\n", "no count after 1 rows"),
                Arguments.of("half a row counted", LINE.substring(0, 60) + "\n{\"rows\":1}\n", "cannot be read"),
                Arguments.of("two pages", "{\"rows\":0}\n" + LINE + "{\"rows\":2}\n", "without identity"),
                Arguments.of("a count of nothing alone", "{\"rows\":null}\n", "no count after 0 rows"),
                Arguments.of(
                        "a row without identity",
                        LINE.replace("\"exact_listed\"", "null") + "{\"rows\":1}\n",
                        "without identity"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cut")
    void aCutPageIsNotOneOfFewerChanges(String what, String page, String why) {
        var unreadable = assertThrows(ExportPage.Unreadable.class, () -> ExportPage.read(bytes(page), JSON), what);
        assertTrue(unreadable.getMessage().contains(why), unreadable.getMessage());
    }

    /** Wherever a connection breaks: no prefix of a page is taken for a page. */
    @Test
    void noPrefixOfAPageIsAPage() {
        byte[] whole = bytes(LINE + LINE + "{\"rows\":2}");
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            assertThrows(ExportPage.Unreadable.class, () -> ExportPage.read(prefix, JSON), "first " + length);
        }
        assertEquals(2, ExportPage.read(whole, JSON).rows().size());
    }
}
