package io.voldesk.gateway.edge;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
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
import io.voldesk.gateway.route.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Passes a request on to its service and the answer back, streaming what may be large. */
@ApplicationScoped
public class ServiceProxy {
    private static final Logger LOG = Logger.getLogger(ServiceProxy.class);
    private static final int CONNECT_MS = 2_000;

    private static final int BODY_PATIENCE_MS = 15_000;
    /** By how much the end of a connection comes later than that of a request: a silent service is then told from a dead one. */
    private static final int MARGIN_MS = 500;

    private final Vertx vertx;
    private final EdgeSettings settings;
    private final Map<Route.Service, HttpProxy> proxies = new EnumMap<>(Route.Service.class);
    /** Connections of their own for each kind of work: streams and runs take none from the reads. */
    private final Map<Work, HttpClient> clients = new EnumMap<>(Work.class);

    public ServiceProxy(Vertx vertx, ServiceUrls urls, EdgeSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        for (Work work : Work.values()) {
            clients.put(work, client(settings.work().get(work.key())));
        }
        for (Route.Service service : Route.Service.values()) {
            URI url = urls.service().get(service.key());
            if (url != null) {
                SocketAddress address =
                        SocketAddress.inetSocketAddress(url.getPort() < 0 ? 80 : url.getPort(), url.getHost());
                proxies.put(
                        service,
                        HttpProxy.reverseProxy(clients.get(Work.READ))
                                .origin(context -> to(address, context))
                                .addInterceptor(new Crossing()));
            }
        }
    }

    /** A service that is silent within an answer loses the connection, and so does the client: it must not look like the end. */
    private HttpClient client(EdgeSettings.Allowance allowance) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MS)
                        .setIdleTimeout((int) allowance.time().toMillis() + MARGIN_MS)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(allowance.atOnce()));
    }

    private Future<HttpClientRequest> to(SocketAddress address, ProxyContext context) {
        Work work = ((ReadRequest) context.request().proxiedRequest()).work;
        return clients.get(work)
                .request(new RequestOptions()
                        .setServer(address)
                        .setConnectTimeout(CONNECT_MS)
                        .setIdleTimeout(settings.work().get(work.key()).time().toMillis()));
    }

    /**
     * The request's headers must have been cleaned: all that are on it are passed on. A body (of 1 MiB at most) is awaited whole
     * before a service's connection is taken: a slow sender holds up nobody but himself, and only so long.
     *
     * @param uri path and query as the service is to see them
     * @param work whose time and connections it has
     */
    void pass(HttpServerRequest request, Route.Service service, String uri, Work work) {
        HttpProxy proxy = proxies.get(service);
        long patience =
                vertx.setTimer(BODY_PATIENCE_MS, timer -> request.connection().close());
        request.body().onComplete(body -> {
            vertx.cancelTimer(patience);
            if (body.succeeded()) {
                proxy.handle(new ReadRequest(request, body.result(), uri, work));
            }
        });
        request.resume();
    }

    /** A request whose body is here already: its stream is over and not to be steered any more. */
    private static final class ReadRequest extends HttpServerRequestWrapper {
        private final Buffer whole;
        private final String uri;
        private final Work work;

        ReadRequest(HttpServerRequest request, Buffer whole, String uri, Work work) {
            super((HttpServerRequestInternal) request);
            this.whole = whole;
            this.uri = uri;
            this.work = work;
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
