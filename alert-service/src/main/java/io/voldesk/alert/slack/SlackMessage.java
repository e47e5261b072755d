package io.voldesk.alert.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.alert.signal.Signal;
import java.util.List;

/** A message in Slack's blocks, within its limits: 50 blocks, 3,000 characters a section, 150 a header, 40,000 the text. */
public final class SlackMessage {
    private static final int MOST_SECTIONS = 46;
    private static final int SECTION = 3_000;
    private static final int HEADER = 150;
    private static final int TEXT = 40_000;

    private SlackMessage() {}

    /** @param note the operator's words, over as many lines as they like; null for none */
    public static String of(List<Signal> signals, String note, ObjectMapper json) {
        ObjectNode message = json.createObjectNode();
        String headline = signals.size() + (signals.size() == 1 ? " signal" : " signals");
        message.put(
                "text",
                SlackText.of("Voldesk: " + headline + ". " + signals.getFirst().text(), TEXT));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", SlackText.of("Voldesk: " + headline, HEADER));
        if (note != null && !note.isBlank()) {
            section(blocks, "", note.strip(), "");
        }
        for (Signal signal : signals.subList(0, Math.min(signals.size(), MOST_SECTIONS))) {
            section(
                    blocks,
                    "*" + signal.severity().name() + "* ",
                    signal.text(),
                    "\n" + signal.kind().code() + " · firing since " + signal.firedAt());
        }
        if (signals.size() > MOST_SECTIONS) {
            section(blocks, "", (signals.size() - MOST_SECTIONS) + " further signals are on the analytics page.", "");
        }
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param text free; cut where it does not fit between {@code before} and {@code after}, which are ours */
    private static void section(ArrayNode blocks, String before, String text, String after) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", before + SlackText.of(text, SECTION - before.length() - after.length()) + after);
    }
}
