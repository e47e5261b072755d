package io.voldesk.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that takes its time: says a word, waits, then listens. With an exit code as third argument it ends instead of listening;
 * with a file as fourth it does so only twice.
 */
public final class SlowStarter {
    private SlowStarter() {}

    public static void main(String[] arguments) throws Exception {
        if (!arguments[1].isEmpty()) {
            System.out.println(arguments[1]);
        }
        Thread.sleep(Long.parseLong(arguments[0]));
        if (arguments.length > 2 && !(arguments.length > 3 && diedTwice(Path.of(arguments[3])))) {
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

    /** Notes one death more. */
    private static boolean diedTwice(Path file) throws IOException {
        String deaths = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, deaths + "x");
        return deaths.length() >= 2;
    }
}
