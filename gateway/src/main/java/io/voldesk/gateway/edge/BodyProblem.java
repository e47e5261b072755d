package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Why a request's body is not taken, before any of it is read. */
record BodyProblem(int status, String title, String detail) {
    private static final BodyProblem UNKNOWN_LENGTH =
            new BodyProblem(411, "Length required", "a body needs a Content-Length");
    private static final BodyProblem ENCODED =
            new BodyProblem(415, "Unsupported media type", "a body is sent as it is, without a Content-Encoding");

    private static final BodyProblem UNWANTED = new BodyProblem(400, "Bad request", "this method takes no body");

    /** @param largest bytes that the route takes */
    static Optional<BodyProblem> of(HttpServerRequest request, long largest) {
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(ENCODED);
        }
        String length = request.getHeader("content-length");
        try {
            long bytes = length == null ? 0 : Long.parseLong(length);
            if (bytes > 0 && largest == 0) {
                return Optional.of(UNWANTED);
            }
            return bytes > largest ? Optional.of(tooLarge(largest)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(UNKNOWN_LENGTH);
        }
    }

    private static BodyProblem tooLarge(long largest) {
        return new BodyProblem(
                413, "Content too large", "a body of this route may have " + largest / 1024 + " KiB at most");
    }
}
