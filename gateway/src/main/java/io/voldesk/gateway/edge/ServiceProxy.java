package io.voldesk.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.RouteTable;
import io.voldesk.gateway.route.ServiceUrls;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Passes a request on to its service and the answer back, streaming both ways. */
@ApplicationScoped
public class ServiceProxy {
    private static final Logger LOG = Logger.getLogger(ServiceProxy.class);
    private static final int CONNECT_MS = 2_000;
    /** Long runs answer late; anything longer is a dead connection. */
    private static final int IDLE_SECONDS = 900;

    private final Map<Route.Service, HttpProxy> proxies = new EnumMap<>(Route.Service.class);

    public ServiceProxy(Vertx vertx, ServiceUrls urls) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(128));
        for (Route.Service service : Route.Service.values()) {
            URI url = urls.service().get(service.key());
            if (url != null) {
                SocketAddress address =
                        SocketAddress.inetSocketAddress(url.getPort() < 0 ? 80 : url.getPort(), url.getHost());
                proxies.put(
                        service, HttpProxy.reverseProxy(client).origin(address).addInterceptor(new Crossing()));
            }
        }
    }

    /** The request's headers must have been cleaned: all that are on it are passed on. */
    void pass(HttpServerRequest request, Route.Service service) {
        proxies.get(service).handle(request);
    }

    /** Turns the admin proxy's path into the route it stands for, and a dead service into a problem. */
    private static final class Crossing implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            if (request.getURI().startsWith(RouteTable.ADMIN_PROXY + "/")) {
                request.setURI("/api" + request.getURI().substring(RouteTable.ADMIN_PROXY.length()));
            }
            return context.sendRequest().recover(failure -> Future.succeededFuture(unavailable(request, failure)));
        }

        private static ProxyResponse unavailable(ProxyRequest request, Throwable failure) {
            boolean late = failure instanceof TimeoutException;
            int status = late ? 504 : 503;
            String traceId = request.headers().get("x-request-id");
            LOG.warnf(
                    "%s: the service behind is not there: %s",
                    request.getURI(), failure.getClass().getSimpleName());
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
