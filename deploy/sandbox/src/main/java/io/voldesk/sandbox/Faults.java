package io.voldesk.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** Vendor faults switched on through the control API, each for a number of requests. */
final class Faults {
    /**
     * @param vendor {@code alpha}, {@code amberdata} or {@code slack}
     * @param kind {@code latency, status, cut_body, slow_body, garbage, html, reset} or, for Alpha's walk, {@code cursor_loop}
     * @param path only requests whose path contains it; null for all
     * @param times how many requests it strikes; −1 until switched off
     * @param status answered by {@code status}
     * @param body answered by {@code status} and {@code garbage}, null for a default
     * @param retryAfter seconds, sent with {@code status} where given
     * @param delayMs waited before anything else
     * @param afterEffect with {@code latency} on Slack: whether the message is kept before the wait
     */
    record Fault(
            String vendor,
            String kind,
            String path,
            Integer times,
            Integer status,
            String body,
            @JsonProperty("retry_after") Integer retryAfter,
            @JsonProperty("delay_ms") Integer delayMs,
            @JsonProperty("after_effect") Boolean afterEffect) {
        Fault counted() {
            return new Fault(vendor, kind, path, times - 1, status, body, retryAfter, delayMs, afterEffect);
        }
    }

    private final Vertx vertx;
    private final List<Fault> faults = new ArrayList<>();

    Faults(Vertx vertx) {
        this.vertx = vertx;
    }

    synchronized void add(Fault fault) {
        faults.add(
                fault.times() != null
                        ? fault
                        : new Fault(
                                fault.vendor(),
                                fault.kind(),
                                fault.path(),
                                1,
                                fault.status(),
                                fault.body(),
                                fault.retryAfter(),
                                fault.delayMs(),
                                fault.afterEffect()));
    }

    synchronized List<Fault> all() {
        return List.copyOf(faults);
    }

    synchronized void clear() {
        faults.clear();
    }

    /** Takes the first fault that strikes this request, or null. */
    synchronized Fault strike(String vendor, String path) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.vendor().equals(vendor) && (fault.path() == null || path.contains(fault.path()))) {
                if (fault.times() == 1) {
                    faults.remove(i);
                } else if (fault.times() > 1) {
                    faults.set(i, fault.counted());
                }
                return fault;
            }
        }
        return null;
    }

    /** Handler in front of a vendor's routes: strikes or passes on. */
    void handle(String vendor, RoutingContext context) {
        Fault fault = strike(vendor, context.request().uri());
        if (fault == null) {
            context.next();
        } else if (fault.delayMs() != null && fault.delayMs() > 0) {
            vertx.setTimer(fault.delayMs(), timer -> answer(fault, context));
        } else {
            answer(fault, context);
        }
    }

    private void answer(Fault fault, RoutingContext context) {
        HttpServerResponse response = context.response();
        switch (fault.kind()) {
            case "latency" -> context.next();
            case "status" -> {
                if (fault.retryAfter() != null) {
                    response.putHeader("Retry-After", String.valueOf(fault.retryAfter()));
                }
                response.setStatusCode(fault.status() == null ? 500 : fault.status())
                        .end(fault.body() == null ? "{\"error\":\"sandbox_fault\"}" : fault.body());
            }
            case "cut_body" -> {
                response.putHeader("Content-Type", "application/json").putHeader("Content-Length", "100000");
                response.write("{\"data\":[{\"trade_id\":\"CUT-")
                        .onComplete(sent -> context.request().connection().close());
            }
            case "slow_body" -> {
                response.putHeader("Content-Type", "application/json").setChunked(true);
                vertx.setPeriodic(200, timer -> {
                    if (response.closed()) {
                        vertx.cancelTimer(timer);
                    } else {
                        response.write(" ");
                    }
                });
            }
            case "garbage" ->
                response.putHeader("Content-Type", "application/json")
                        .end(fault.body() == null ? "{\"data\":[{\"trade_id\": ]]" : fault.body());
            case "html" -> response.putHeader("Content-Type", "text/html").end("<html><body>Maintenance</body></html>");
            case "reset" -> context.request().connection().close();
            default -> {
                context.put("fault", fault.kind());
                context.next();
            }
        }
    }
}
