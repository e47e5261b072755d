package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * A real run that stands on a preview: it writes what the preview has listed, and nothing else that was not accepted by name; and
 * what neither mends has been accepted by name. What the preview has listed and the run does not meet any more is simply not written.
 */
@ApplicationScoped
public class PreviewGate {
    private static final int MOST_NAMED = 100;

    private final SyncStateStore states;
    private final PreviewStore previews;
    private final ObjectMapper json;

    public PreviewGate(SyncStateStore states, PreviewStore previews, ObjectMapper json) {
        this.states = states;
        this.previews = previews;
        this.json = json;
    }

    /** What a real run stands on. */
    record Basis(long previewRunId, Set<String> accepted) {}

    /**
     * @param since from where the run re-reads; null where it asks for no instant
     * @throws Problem 409 where the preview is none of this scope or instant, is too old, or has exceptions that were not accepted
     */
    void requirePreview(Basis basis, Scope scope, boolean fullScope, Instant since, Instant now) {
        SyncStateStore.Run preview = states.run(basis.previewRunId())
                .filter(run -> run.kind().startsWith("preview"))
                .orElseThrow(() -> closed("run " + basis.previewRunId() + " is no preview"));
        if (!preview.source().equals(scope.source()) || !preview.scopeKey().equals(scope.key())) {
            throw closed("the preview was of another scope: " + preview.scopeKey());
        }
        if (fullScope && !preview.kind().equals("preview_full")) {
            throw closed("a full-scope run needs a full-scope preview");
        }
        if (!preview.status().equals("ok")) {
            throw closed("the preview is not done: " + preview.status());
        }
        if (preview.finishedAt().plus(PreviewStore.LONGEST).isBefore(now)) {
            throw closed("the preview is older than " + PreviewStore.LONGEST.toMinutes() + " minutes");
        }
        JsonNode summary = read(preview.summary());
        Instant previewed = summary.hasNonNull("updated_since")
                ? Instant.parse(summary.path("updated_since").asText())
                : null;
        if (!Objects.equals(previewed, since)) {
            throw closed("the preview read from another instant: " + reading(previewed) + ", not " + reading(since));
        }
        List<SyncException> listed = previews.exceptions(basis.previewRunId());
        requireCarried(
                basis,
                PreviewStore.Differences.NONE,
                new SyncException.Met(listed, summary.path("exceptions_count").asLong()));
    }

    /** What the run is about to write and its preview has not listed; in its transaction, before it writes. */
    PreviewStore.Differences differences(Handle handle, Basis basis) {
        return previews.differences(handle, basis.previewRunId(), basis.accepted(), MOST_NAMED);
    }

    /** @throws Problem 409 naming what was neither listed nor accepted */
    void requireCarried(Basis basis, PreviewStore.Differences differences, SyncException.Met met) {
        List<SyncException> left = met.listed().stream()
                .filter(exception -> !basis.accepted().contains(exception.name()))
                .toList();
        List<String> why = new ArrayList<>();
        if (differences.count() > 0) {
            why.add("the preview has not listed so " + differences.count() + " of the executions to be written: "
                    + names(differences.first().stream().map(PreviewStore.Difference::tradeId)));
        }
        if (!met.listedInFull()) {
            why.add(met.count() + " exceptions are more than the " + SyncException.MOST_LISTED
                    + " that can be accepted by name");
        } else if (!left.isEmpty()) {
            why.add(left.size() + " exceptions are not accepted: "
                    + names(left.stream().map(SyncException::name).distinct()));
        }
        if (!why.isEmpty()) {
            throw closed(String.join("; ", why), left, differences);
        }
    }

    private static String names(Stream<String> names) {
        return names.limit(MOST_NAMED).collect(Collectors.joining(", "));
    }

    private static String reading(Instant since) {
        return since == null ? "no updated_since" : since.toString();
    }

    private JsonNode read(String summary) {
        try {
            return json.readTree(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger's summary of a preview is not JSON", e);
        }
    }

    private static Problem closed(String why) {
        return closed(why, List.of(), PreviewStore.Differences.NONE);
    }

    private static Problem closed(String why, List<SyncException> left, PreviewStore.Differences differences) {
        return Problem.conflict(
                why,
                Map.of(
                        "exceptions",
                        left.stream().limit(MOST_NAMED).toList(),
                        "differences",
                        differences.first(),
                        "differences_count",
                        differences.count()));
    }
}
