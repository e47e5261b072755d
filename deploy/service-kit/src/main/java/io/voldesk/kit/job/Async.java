package io.voldesk.kit.job;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** {@code Prefer: respond-async} (RFC 7240): the caller wants a job instead of waiting for the answer. */
public final class Async {
    private Async() {}

    public static boolean preferred(List<String> prefer) {
        return prefer != null
                && prefer.stream()
                        .flatMap(header -> Arrays.stream(header.split("[,;]")))
                        .anyMatch(token -> token.strip().equalsIgnoreCase("respond-async"));
    }

    /** 202 with the job and where it is found. */
    public static Response accepted(Job job) {
        return Response.accepted(job)
                .header("Location", "/api/jobs/" + job.id())
                .header("Preference-Applied", "respond-async")
                .build();
    }
}
