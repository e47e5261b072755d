package io.voldesk.kit.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal or failure that is answered as RFC 9457 problem+json.
 *
 * <p>{@code more} holds extension members, for example who holds a lock and since when. Nothing secret may be put into
 * any part: all of it is shown to the caller.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String title;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> more;

    /** One field of the request and what is wrong with it. */
    @RegisterForReflection // written as JSON within a map, where no build sees it
    public record FieldError(String field, String message) {}

    private Problem(
            int status, String title, String detail, List<FieldError> errors, Map<String, Object> more, Throwable why) {
        super(detail, why);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.more = Map.copyOf(more);
    }

    /** 400 naming the field that is wrong. */
    public static Problem badField(String field, String message) {
        return new Problem(
                400, "Bad request", field + ": " + message, List.of(new FieldError(field, message)), Map.of(), null);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail, List.of(), Map.of(), null);
    }

    public static Problem unauthorized() {
        return new Problem(401, "Unauthorized", "admin authority is needed for this route", List.of(), Map.of(), null);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail, List.of(), Map.of(), null);
    }

    /** 409: another run holds the same key. */
    public static Problem held(String key, String holder, Object since) {
        return new Problem(
                409,
                "Conflict",
                key + " is held by " + holder + " since " + since,
                List.of(),
                Map.of("held_by", holder, "held_since", String.valueOf(since)),
                null);
    }

    /** 409: what is asked does not go with how things stand. */
    public static Problem conflict(String detail, Map<String, Object> more) {
        return new Problem(409, "Conflict", detail, List.of(), more, null);
    }

    /** 502: a vendor or another service answered wrongly; {@code detail} carries its own words. */
    public static Problem upstream(String detail, Throwable why) {
        return new Problem(502, "Bad gateway", detail, List.of(), Map.of(), why);
    }

    /** 502 with extension members, for example how each part of a run went. */
    public static Problem upstream(String detail, Map<String, Object> more) {
        return new Problem(502, "Bad gateway", detail, List.of(), more, null);
    }

    /** 503: something needed is not configured or not there now. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "Service unavailable", detail, List.of(), Map.of(), null);
    }

    /** 500: what happened is in the log, not in the answer. */
    public static Problem internal() {
        return new Problem(
                500,
                "Internal server error",
                "the failure is in the log under this trace_id",
                List.of(),
                Map.of(),
                null);
    }

    /** As the members of problem+json. */
    public Map<String, Object> body(String instance, Object traceId) {
        return body(status, title, getMessage(), errors, more, instance, traceId);
    }

    static Map<String, Object> body(
            int status,
            String title,
            String detail,
            List<FieldError> errors,
            Map<String, Object> more,
            String instance,
            Object traceId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("instance", instance);
        body.put("errors", errors);
        body.put("trace_id", traceId);
        body.putAll(more);
        return body;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> more() {
        return more;
    }
}
