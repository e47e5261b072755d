package io.voldesk.alert.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.alert.rule.Kind;
import io.voldesk.alert.signal.Signal;
import io.voldesk.model.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Slack's published limits: 50 blocks, a section's text 3,000 characters, a header's 150, the message's text 40,000. */
class SlackMessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Signal signal(String text) {
        Instant raised = Instant.parse("2026-11-24T10:00:00Z");
        return new Signal(
                1,
                Kind.TERM_INVERSION,
                "BTC",
                Severity.WARNING,
                text,
                "[]",
                "term_inversion:BTC",
                raised,
                raised,
                null);
    }

    private static JsonNode message(List<Signal> signals, String note) throws IOException {
        JsonNode message = JSON.readTree(SlackMessage.of(signals, note, JSON));
        assertTrue(
                message.path("blocks").size() <= 50,
                () -> message.path("blocks").size() + " blocks");
        assertTrue(message.path("text").asText().length() <= 40_000);
        for (JsonNode block : message.path("blocks")) {
            String text = block.at("/text/text").asText();
            assertTrue(text.length() <= (block.path("type").asText().equals("header") ? 150 : 3_000), text);
            assertFalse(text.isEmpty());
            assertWhole(text);
        }
        assertWhole(message.path("text").asText());
        return message;
    }

    /** No entity, no surrogate pair is cut, and nothing unescaped is left. */
    private static void assertWhole(String text) {
        String without = text.replaceAll("&(amp|lt|gt);", "");
        assertFalse(without.contains("&") || without.contains("<") || without.contains(">"), text);
        assertTrue(text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff), text);
    }

    @Test
    void aLongNoteIsCutBetweenEntities() throws IOException {
        String text = message(List.of(signal("x")), "&".repeat(700))
                .at("/blocks/1/text/text")
                .asText();
        assertEquals("&amp;".repeat(599) + "…", text);
        assertEquals(
                "&amp;".repeat(600),
                message(List.of(signal("x")), "&".repeat(600))
                        .at("/blocks/1/text/text")
                        .asText());
    }

    @Test
    void severalLinesAndMarkupOfTheOperatorsStayHis() throws IOException {
        String note = "first_line\nsecond *line*\n\n<!channel> & <@U123>";
        assertEquals(
                "first_line\nsecond *line*\n\n&lt;!channel&gt; &amp; &lt;@U123&gt;",
                message(List.of(signal("x")), note).at("/blocks/1/text/text").asText());
    }

    @Test
    void aLongSignalKeepsItsKindAndTime() throws IOException {
        String text = message(List.of(signal("<".repeat(50_000))), null)
                .at("/blocks/1/text/text")
                .asText();
        assertTrue(text.startsWith("*WARNING* &lt;"), text);
        assertTrue(text.endsWith("&lt;…\nterm_inversion · firing since 2026-11-24T10:00:00Z"), text);
    }

    @Test
    void anyTextAndAnyNumberOfSignalsStayWithinTheLimits() throws IOException {
        Random random = new Random(12);
        String[] pieces = {"&", "<", ">", "a", "_", "*", "\n", "\ud83d\ude00", "ß", "&amp;"};
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder("x");
            for (int i = random.nextInt(4_000); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            message(
                    Collections.nCopies(1 + random.nextInt(80), signal(text.toString())),
                    random.nextBoolean() ? text.toString() : null);
        }
    }
}
