package io.voldesk.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no client library would send: exactly these bytes. */
record RawHttp(int port) {
    /** The status of the final answer, 0 where the gateway just closed. */
    int send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            int status = status(socket.getInputStream());
            while (status == 100) {
                line(socket.getInputStream());
                status = status(socket.getInputStream());
            }
            return status;
        }
    }

    /**
     * Everything that comes until the gateway closes the connection, which the request does not ask for.
     *
     * @throws java.net.SocketTimeoutException where it is kept open
     */
    String untilClosed(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    int post(String target, String headers) throws IOException {
        return send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
    }

    static int status(InputStream in) throws IOException {
        String line = line(in);
        return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9, 12));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
