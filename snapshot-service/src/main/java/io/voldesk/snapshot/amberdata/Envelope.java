package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Amberdata's answers come in: {@code {status, title, description, payload}}, rows in {@code payload.data} or in {@code payload}. */
record Envelope(JsonNode payload, List<JsonNode> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 300;

    /**
     * @param body null where the answer had none
     * @param wantsRows whether a payload without a list of rows is no answer; an empty list is one
     * @throws AmberdataUnreadable with the vendor's own words, where it has any
     */
    static Envelope read(byte[] body, boolean wantsRows) {
        JsonNode envelope;
        try {
            envelope = JSON.readTree(body == null ? new byte[0] : body);
        } catch (IOException e) {
            throw new AmberdataUnreadable("Amberdata's answer is not valid JSON", e);
        }
        if (envelope == null || !envelope.isObject() || !envelope.has("payload")) {
            throw unreadable("is not an envelope with a payload", envelope);
        }
        JsonNode payload = envelope.path("payload");
        JsonNode data = payload.isArray() ? payload : payload.path("data");
        if (wantsRows && !data.isArray()) {
            throw unreadable(
                    "has no list of rows: payload is " + kind(payload)
                            + (payload.isObject() ? ", payload.data " + kind(data) : ""),
                    envelope);
        }
        if (!wantsRows && !payload.isObject()) {
            throw unreadable("has no document: payload is " + kind(payload), envelope);
        }
        return new Envelope(payload, data.valueStream().toList());
    }

    AmberdataClient.Answer answer(long rawId) {
        return new AmberdataClient.Answer(rows, payload, rawId);
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static AmberdataUnreadable unreadable(String what, JsonNode envelope) {
        String words = envelope == null
                ? ""
                : Stream.of("message", "description", "title")
                        .map(field -> envelope.path(field).asText(""))
                        .filter(text -> !text.isBlank())
                        .distinct()
                        .collect(Collectors.joining("; "))
                        .replaceAll("\\s+", " ");
        String quoted = words.isEmpty() ? "" : " (" + words.substring(0, Math.min(words.length(), LONGEST_QUOTE)) + ")";
        return new AmberdataUnreadable("Amberdata's answer " + what + quoted, null);
    }
}
