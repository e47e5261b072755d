package io.voldesk.gateway.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.route.Pages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The dashboard's pages, each answered with its one document. A browser asks for the document anew each time and is told when it
 * has the right one already (by what it holds: its date is that of the build tool). What a document names has a name of its content
 * and is kept for good.
 */
@ApplicationScoped
public class PageRouter {
    /** Health, metrics and the like of the gateway itself, which answer on the management port. */
    private static final String MANAGEMENT = "/internal";

    private static final String DOCUMENT = "/index.html";
    private static final Map<String, String> FILES =
            Map.of(DOCUMENT, "text/html;charset=UTF-8", "/icon.svg", "image/svg+xml");

    private final Map<String, Kept> kept = new HashMap<>();

    /** @param tag the content's name, in quotes */
    private record Kept(Buffer content, String type, String tag) {}

    public PageRouter() {
        FILES.forEach((path, type) -> {
            try (InputStream in =
                    Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/resources" + path)) {
                if (in != null) {
                    byte[] content = in.readAllBytes();
                    kept.put(path, new Kept(Buffer.buffer(content), type, tag(content)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void routes(@Observes Router router) {
        router.route().order(-9).handler(this::page);
    }

    private void page(RoutingContext context) {
        String path = context.request().path();
        HttpMethod method = context.request().method();
        if (path.equals(MANAGEMENT) || path.startsWith(MANAGEMENT + "/")) {
            Problems.send(context, 404, "Not found", "there is no such route");
            return;
        }
        boolean page = Pages.has(path);
        if (page && !ApiRouter.isRead(method)) {
            ApiRouter.wrongMethod(context, List.of("GET", "HEAD"));
            return;
        }
        Kept file = kept.get(page ? DOCUMENT : path);
        if (file == null || !ApiRouter.isRead(method)) {
            context.next();
        } else {
            answer(context, file);
        }
    }

    private static void answer(RoutingContext context, Kept file) {
        HttpServerResponse response =
                context.response().putHeader("cache-control", "no-cache").putHeader("etag", file.tag());
        String held = context.request().getHeader("if-none-match");
        if (held != null && (held.contains(file.tag()) || held.strip().equals("*"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("content-type", file.type());
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", String.valueOf(file.content().length()))
                    .end();
        } else {
            response.end(file.content());
        }
    }
}
