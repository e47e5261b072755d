package io.voldesk.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stand-ins for everything outside: Alpha under {@code /alpha}, Amberdata under {@code /amberdata}, Slack under {@code
 * /slack}, a Google-like token issuer under {@code /google}; the switches under {@code /control}.
 */
public final class Sandbox implements AutoCloseable {
    public static final String ALPHA_KEY = "sandbox-alpha-key";
    public static final String AMBERDATA_KEY = "sandbox-amberdata-key";

    /** It mints tokens for whoever asks: for this machine only. */
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private final Faults faults = new Faults(vertx);
    private final AlphaDesk alpha = new AlphaDesk(json, ALPHA_KEY);
    private final Amberdata amberdata = new Amberdata(json, AMBERDATA_KEY, new SimulatedMarket());
    private final SlackSink slack = new SlackSink(json);
    private final TokenIssuer issuer = new TokenIssuer(json);
    private final HttpServer server;

    private Sandbox(int port) {
        server = vertx.createHttpServer().requestHandler(router());
        try {
            server.listen(port, LOOPBACK)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the sandbox could not listen on port " + port, e);
        }
    }

    /** Starts on a port; 0 takes a free one. */
    public static Sandbox start(int port) {
        return new Sandbox(port);
    }

    public static void main(String[] arguments) {
        Sandbox sandbox = start(Integer.parseInt(System.getenv().getOrDefault("PORT", "8090")));
        System.out.println("sandbox listening on " + sandbox.url());
    }

    public String url() {
        return "http://localhost:" + server.actualPort();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(512L << 20));
        router.get("/health").handler(context -> context.json(Map.of("status", "ok")));
        router.route("/alpha/*").handler(context -> faults.handle("alpha", context));
        router.get("/alpha/v1/executions").handler(alpha::executions);
        router.get("/alpha/optionTrades/export").handler(alpha::export);
        router.route("/amberdata/*").handler(context -> faults.handle("amberdata", context));
        router.get("/amberdata/*").blockingHandler(amberdata::answer, false);
        router.route("/slack/*").handler(this::slackFault);
        router.post("/slack/webhook").handler(slack::webhook);
        router.get("/google/.well-known/openid-configuration").handler(issuer::discovery);
        router.get("/google/jwks").handler(issuer::jwks);
        router.get("/google/authorize").handler(issuer::authorize);
        router.post("/google/authorize/continue").handler(issuer::authorizeContinue);
        router.post("/google/token").handler(issuer::token);
        control(router);
        return router;
    }

    /** A time-out after delivery: Slack keeps the message first and answers late. */
    private void slackFault(RoutingContext context) {
        boolean keepFirst =
                faults.all().stream().anyMatch(f -> f.vendor().equals("slack") && Boolean.TRUE.equals(f.afterEffect()));
        if (keepFirst) {
            Faults.Fault fault = faults.strike("slack", context.request().uri());
            vertx.setTimer(
                    Math.max(fault.delayMs(), 1), timer -> context.response().end("ok"));
            slack.keep(context.body().asString());
        } else {
            faults.handle("slack", context);
        }
    }

    private void control(Router router) {
        router.post("/control/faults").handler(context -> {
            faults.add(read(context, Faults.Fault.class));
            context.response().setStatusCode(204).end();
        });
        router.get("/control/faults").handler(context -> write(context, faults.all()));
        router.delete("/control/faults").handler(context -> {
            faults.clear();
            context.response().setStatusCode(204).end();
        });
        router.post("/control/alpha/switch/:name").handler(context -> {
            alpha.switchOn(context.pathParam("name"));
            context.response().setStatusCode(204).end();
        });
        router.put("/control/alpha/executions").handler(context -> {
            alpha.replaceAll(read(context, JsonNode.class).path("data"));
            context.response().setStatusCode(204).end();
        });
        router.post("/control/alpha/executions").handler(context -> {
            alpha.upsert(read(context, JsonNode.class).path("data"));
            context.response().setStatusCode(204).end();
        });
        router.delete("/control/alpha/executions").handler(context -> {
            List<String> ids = new ArrayList<>();
            read(context, JsonNode.class).path("trade_ids").forEach(id -> ids.add(id.asText()));
            alpha.remove(ids);
            context.response().setStatusCode(204).end();
        });
        router.put("/control/alpha/pages").handler(context -> {
            List<byte[]> pages = new ArrayList<>();
            read(context, JsonNode.class)
                    .forEach(page -> pages.add(Base64.getDecoder().decode(page.asText())));
            alpha.play(pages);
            context.response().setStatusCode(204).end();
        });
        router.post("/control/alpha/reset").handler(context -> {
            alpha.reset();
            context.response().setStatusCode(204).end();
        });
        router.get("/control/requests")
                .handler(context ->
                        write(context, Map.of("alpha", alpha.requests(), "amberdata", amberdata.requests())));
        router.get("/control/amberdata/strange-fills").handler(context -> write(context, amberdata.strangeFills()));
        router.get("/control/slack/messages").handler(context -> write(context, slack.messages()));
        router.delete("/control/slack/messages").handler(context -> {
            slack.clear();
            context.response().setStatusCode(204).end();
        });
        router.post("/control/token").handler(context -> {
            String issued = issuer.sign(
                    read(context, JsonNode.class), "http://" + context.request().authority() + "/google");
            context.response().putHeader("Content-Type", "text/plain").end(issued);
        });
    }

    private <T> T read(RoutingContext context, Class<T> type) {
        try {
            return json.readValue(context.body().asString(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void write(RoutingContext context, Object value) {
        try {
            context.response().putHeader("Content-Type", "application/json").end(json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
