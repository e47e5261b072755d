package io.voldesk.local;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** A process that takes its time: says a word, waits, then listens; with a second argument it ends instead of listening. */
public final class SlowStarter {
    private SlowStarter() {}

    public static void main(String[] arguments) throws Exception {
        if (!arguments[1].isEmpty()) {
            System.out.println(arguments[1]);
        }
        Thread.sleep(Long.parseLong(arguments[0]));
        if (arguments.length > 2) {
            System.exit(Integer.parseInt(arguments[2]));
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress("localhost", Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
