package io.voldesk.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A GET on a socket of its own, read at the test's pace: no client library between to mend or hide how an answer ends. */
final class RawSocket implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    RawSocket(int port, String pathAndQuery, String... headers) throws IOException {
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("localhost", port));
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.getOutputStream()
                .write(("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        in = socket.getInputStream();
    }

    /** Reads on until so many bytes are there. */
    RawSocket read(int bytes) throws IOException {
        while (read.size() < bytes) {
            byte[] some = in.readNBytes(1_024);
            if (some.length == 0) {
                throw new IOException("the answer ended after " + read.size() + " bytes: " + text());
            }
            read.writeBytes(some);
        }
        return this;
    }

    /** Reads to the end of the answer, by its last chunk or by the end of the connection, and says whether it was the former. */
    boolean endsWhole() throws IOException {
        byte[] some = new byte[65_536];
        String tail = "";
        while (!tail.endsWith("\r\n0\r\n\r\n")) {
            int n;
            try {
                n = in.read(some);
            } catch (SocketException reset) {
                return false;
            }
            if (n < 0) {
                return false;
            }
            read.write(some, 0, n);
            String both = tail + new String(some, Math.max(0, n - 8), Math.min(n, 8), StandardCharsets.ISO_8859_1);
            tail = both.substring(Math.max(0, both.length() - 8));
        }
        return true;
    }

    String text() {
        return read.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
