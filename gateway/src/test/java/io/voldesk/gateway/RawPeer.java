package io.voldesk.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that breaks off, stops or keeps silent as its query says; and an edge that waits briefly and allows little. */
public final class RawPeer implements QuarkusTestResourceLifecycleManager {
    /** Requests that have come. */
    static final AtomicInteger ASKED = new AtomicInteger();

    private ServerSocket server;

    @Override
    public Map<String, String> start() {
        try {
            server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
        return Map.ofEntries(
                Map.entry("ANALYTICS_URL", "http://127.0.0.1:" + server.getLocalPort()),
                Map.entry("PUBLIC_URL", "https://voldesk.example"),
                Map.entry("COOKIE_SECURE", "true"),
                Map.entry("TRUSTED_PROXIES", "1"),
                Map.entry("HEAD_TIME", "1s"),
                Map.entry("IDLE_TIME", "1500ms"),
                Map.entry("voldesk.edge.work.read.time", "1s"),
                Map.entry("voldesk.edge.work.range.time", "1s"),
                Map.entry("voldesk.edge.work.run.time", "6s"),
                Map.entry("voldesk.edge.work.events.time", "10s"),
                Map.entry("voldesk.edge.work.events.at-once", "1"),
                Map.entry("PUBLIC_BURST", "40"),
                Map.entry("PUBLIC_RATE", "60"),
                Map.entry("voldesk.edge.door.scheduler.per-minute", "60"),
                Map.entry("voldesk.edge.door.scheduler.burst", "10"),
                Map.entry("voldesk.edge.door.secret.per-minute", "60"),
                Map.entry("voldesk.edge.door.secret.burst", "50"));
    }

    @Override
    public int order() {
        return 100;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            String head = head(socket.getInputStream());
            ASKED.incrementAndGet();
            OutputStream out = socket.getOutputStream();
            String kind = head.replaceAll("(?s)^\\S+ \\S*portfolio=([a-z-]+).*", "$1");
            switch (kind) {
                case "cut-chunked" -> say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                case "cut-length" -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
                case "cut-head" -> say(out, "HTTP/1.1 200 OK\r\nContent-Le");
                case "stall" -> {
                    say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                    Thread.sleep(8_000);
                }
                case "reset" -> socket.setSoLinger(true, 0);
                case "dead" -> {}
                case "rows" ->
                    say(
                            out,
                            "HTTP/1.1 200 OK\r\nVoldesk-Rows: 1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "16\r\n{\"id\":\"A\"}\n{\"rows\":1}\n\r\n0\r\n\r\n");
                default -> {
                    if (head.startsWith("POST")) {
                        Thread.sleep(3_000);
                        say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                    } else {
                        Thread.sleep(20_000);
                    }
                }
            }
        } catch (IOException e) {
            // the gateway has hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
            head.append((char) c);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
