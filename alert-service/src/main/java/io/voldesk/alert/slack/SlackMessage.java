package io.voldesk.alert.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.alert.signal.StandingSignal;
import java.util.List;
import java.util.Locale;

/** A message in Slack's blocks, within its limits: 50 blocks, 3,000 characters a section, 150 a header. */
public final class SlackMessage {
    private static final int MOST_SECTIONS = 46;
    private static final int SECTION = 3_000;

    private SlackMessage() {}

    /** @param note the operator's words, null for none */
    public static String of(List<StandingSignal> signals, String note, ObjectMapper json) {
        ObjectNode message = json.createObjectNode();
        String headline = signals.size() + (signals.size() == 1 ? " signal" : " signals");
        message.put(
                "text",
                escape("Voldesk: " + headline + ". " + signals.getFirst().text()));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", "Voldesk: " + headline);
        if (note != null && !note.isBlank()) {
            section(blocks, "_" + escape(note.strip()) + "_");
        }
        for (StandingSignal signal : signals.subList(0, Math.min(signals.size(), MOST_SECTIONS))) {
            section(
                    blocks,
                    "*%s* %s\n%s · raised %s"
                            .formatted(
                                    signal.severity().toUpperCase(Locale.ROOT),
                                    escape(signal.text()),
                                    signal.kind(),
                                    signal.raisedAt()));
        }
        if (signals.size() > MOST_SECTIONS) {
            section(blocks, (signals.size() - MOST_SECTIONS) + " further signals are on the analytics page.");
        }
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void section(ArrayNode blocks, String text) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", text.length() <= SECTION ? text : text.substring(0, SECTION - 1) + "…");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
