package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A real run that stands on a preview: only what the preview showed, and what was accepted by name, may go through. */
@ApplicationScoped
public class PreviewGate {
    static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_NAMED = 100;

    private final SyncStateStore states;
    private final ObjectMapper json;

    public PreviewGate(SyncStateStore states, ObjectMapper json) {
        this.states = states;
        this.json = json;
    }

    /**
     * @param since from where the run re-reads; null where it asks for no instant
     * @throws Problem 409 where the preview is none of this scope or instant, is too old, or has exceptions that were not accepted
     */
    void requirePreview(
            long previewRunId, Scope scope, boolean fullScope, Instant since, Set<String> accepted, Instant now) {
        SyncStateStore.Run preview = states.run(previewRunId)
                .filter(run -> run.kind().startsWith("preview"))
                .orElseThrow(() -> closed("run " + previewRunId + " is no preview", List.of()));
        if (!preview.source().equals(scope.source()) || !preview.scopeKey().equals(scope.key())) {
            throw closed("the preview was of another scope: " + preview.scopeKey(), List.of());
        }
        if (fullScope && !preview.kind().equals("preview_full")) {
            throw closed("a full-scope run needs a full-scope preview", List.of());
        }
        if (!preview.status().equals("ok")) {
            throw closed("the preview is not done: " + preview.status(), List.of());
        }
        if (preview.finishedAt().plus(LONGEST).isBefore(now)) {
            throw closed("the preview is older than " + LONGEST.toMinutes() + " minutes", List.of());
        }
        JsonNode summary = read(preview.summary());
        Instant previewed = summary.hasNonNull("updated_since")
                ? Instant.parse(summary.path("updated_since").asText())
                : null;
        if (!Objects.equals(previewed, since)) {
            throw closed(
                    "the preview read from another instant: " + reading(previewed) + ", not " + reading(since),
                    List.of());
        }
        requireAccepted(exceptions(summary), accepted);
    }

    /** @throws Problem 409 naming what is not among the accepted names */
    void requireAccepted(List<SyncException> exceptions, Set<String> accepted) {
        List<SyncException> left = exceptions.stream()
                .filter(exception -> !accepted.contains(exception.name()))
                .toList();
        if (!left.isEmpty()) {
            throw closed(
                    left.size() + " exceptions are not accepted: "
                            + String.join(
                                    ", ",
                                    left.stream()
                                            .map(SyncException::name)
                                            .distinct()
                                            .limit(MOST_NAMED)
                                            .toList()),
                    left);
        }
    }

    private static String reading(Instant since) {
        return since == null ? "no updated_since" : since.toString();
    }

    private static List<SyncException> exceptions(JsonNode summary) {
        List<SyncException> exceptions = new ArrayList<>();
        for (JsonNode node : summary.path("exceptions")) {
            exceptions.add(new SyncException(
                    node.path("name").asText(),
                    node.path("kind").asText(),
                    node.path("reason").asText()));
        }
        return exceptions;
    }

    private JsonNode read(String summary) {
        try {
            return json.readTree(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger's summary of a preview is not JSON", e);
        }
    }

    private static Problem closed(String why, List<SyncException> left) {
        return Problem.conflict(
                why, Map.of("exceptions", left.stream().limit(MOST_NAMED).toList()));
    }
}
