package io.voldesk.gateway.edge;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.ServiceUrls;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Passes a request on to its service and the answer back, streaming what may be large. */
@ApplicationScoped
public class ServiceProxy {
    private static final Logger LOG = Logger.getLogger(ServiceProxy.class);
    /** For a connection to a service, and for one of those that are open to become free. */
    private static final int CONNECT_MS = 2_000;

    private static final int BODY_PATIENCE_MS = 15_000;
    private static final int MOST_CONNECTIONS = 256;

    private final Vertx vertx;
    private final Map<Route.Service, HttpProxy> proxies = new EnumMap<>(Route.Service.class);

    public ServiceProxy(Vertx vertx, ServiceUrls urls) {
        this.vertx = vertx;
        HttpClient client = client(vertx);
        for (Route.Service service : Route.Service.values()) {
            URI url = urls.service().get(service.key());
            if (url != null) {
                SocketAddress address =
                        SocketAddress.inetSocketAddress(url.getPort() < 0 ? 80 : url.getPort(), url.getHost());
                proxies.put(
                        service,
                        HttpProxy.reverseProxy(client)
                                .origin(context -> client.request(to(address, context)))
                                .addInterceptor(new Crossing()));
            }
        }
    }

    private static HttpClient client(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MS)
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /** A service that is silent for longer than the request's route allows is given up, before its answer or within it. */
    private static RequestOptions to(SocketAddress address, ProxyContext context) {
        ReadRequest read = (ReadRequest) context.request().proxiedRequest();
        return new RequestOptions()
                .setServer(address)
                .setConnectTimeout(CONNECT_MS)
                .setIdleTimeout(read.silence.toMillis());
    }

    /**
     * The request's headers must have been cleaned: all that are on it are passed on. A body (of 1 MiB at most) is awaited whole
     * before a service's connection is taken: a slow sender holds up nobody but himself, and only so long.
     *
     * @param uri path and query as the service is to see them
     * @param silence how long the service may be silent
     */
    void pass(HttpServerRequest request, Route.Service service, String uri, Duration silence) {
        HttpProxy proxy = proxies.get(service);
        long patience =
                vertx.setTimer(BODY_PATIENCE_MS, timer -> request.connection().close());
        request.body().onComplete(body -> {
            vertx.cancelTimer(patience);
            if (body.succeeded()) {
                proxy.handle(new ReadRequest(request, body.result(), uri, silence));
            }
        });
        request.resume();
    }

    /** A request whose body is here already: its stream is over and not to be steered any more. */
    private static final class ReadRequest extends HttpServerRequestWrapper {
        private final Buffer whole;
        private final String uri;
        private final Duration silence;

        ReadRequest(HttpServerRequest request, Buffer whole, String uri, Duration silence) {
            super((HttpServerRequestInternal) request);
            this.whole = whole;
            this.uri = uri;
            this.silence = silence;
        }

        @Override
        public String uri() {
            return uri;
        }

        @Override
        public HttpServerRequest pause() {
            return this;
        }

        @Override
        public HttpServerRequest resume() {
            return this;
        }

        @Override
        public HttpServerRequest fetch(long amount) {
            return this;
        }
    }

    /** Sends the body that is here already, and turns a dead service into a problem. */
    private static final class Crossing implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            return send(context)
                    .recover(failure ->
                            lostItsConnection(request, failure) ? send(context) : Future.failedFuture(failure))
                    .recover(failure -> Future.succeededFuture(unavailable(request, failure)));
        }

        private static Future<ProxyResponse> send(ProxyContext context) {
            ReadRequest read = (ReadRequest) context.request().proxiedRequest();
            context.request().setBody(Body.body(read.whole));
            return context.sendRequest();
        }

        /**
         * A kept connection may end under the request that has just been given it, by no fault of the service: when a browser breaks
         * off, the connection its question was on is closed. A read is then asked once more.
         */
        private static boolean lostItsConnection(ProxyRequest request, Throwable failure) {
            return failure instanceof HttpClosedException
                    && (request.getMethod().equals(HttpMethod.GET)
                            || request.getMethod().equals(HttpMethod.HEAD))
                    && !hungUp(request);
        }

        /** Whether nobody waits for the answer any more: then nothing is amiss with the service. */
        private static boolean hungUp(ProxyRequest request) {
            return request.proxiedRequest().response().closed();
        }

        private static ProxyResponse unavailable(ProxyRequest request, Throwable failure) {
            boolean late = failure instanceof TimeoutException || failure instanceof ConnectTimeoutException;
            int status = late ? 504 : 503;
            String traceId = request.headers().get("x-request-id");
            if (hungUp(request)) {
                LOG.infof("%s: the client hung up before it was answered", request.getURI());
            } else {
                LOG.warnf(
                        "%s: the service behind %s: %s",
                        request.getURI(),
                        late ? "does not answer" : "is not there",
                        failure.getClass().getSimpleName());
            }
            return request.release()
                    .response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/problem+json")
                    .setBody(Body.body(Problems.body(
                            status,
                            late ? "Gateway timeout" : "Service unavailable",
                            late
                                    ? "the service did not answer in time"
                                    : "the service behind this route is not there now",
                            request.getURI(),
                            traceId)));
        }
    }
}
