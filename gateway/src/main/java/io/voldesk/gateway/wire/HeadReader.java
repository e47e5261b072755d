package io.voldesk.gateway.wire;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Follows the bytes of an HTTP/1 connection far enough to know where each request's head begins and ends, and finds in a head what
 * no two servers read alike. It reads ahead of the codec and changes nothing.
 */
final class HeadReader {
    /** More than the codec takes: what is longer is refused there. */
    private static final int LONGEST_LINE = 20_000;

    private enum Place {
        HEAD,
        BODY,
        /** What comes is no HTTP/1. */
        BEYOND,
        /** The request was the connection's last: where it ends, and whether another follows, is not to be read out of it. */
        OVER
    }

    private final boolean http2;
    private final StringBuilder line = new StringBuilder();
    private Place place = Place.HEAD;
    private String requestLine;
    private int hosts;
    /** Bytes of the body; negative while no length has been named. */
    private long body = -1;

    private boolean last;
    private boolean upgrade;
    private int ended;
    private int read;

    /** @param http2 whether a connection may turn to HTTP/2 in clear text */
    HeadReader(boolean http2) {
        this.http2 = http2;
    }

    /** Whether a head has begun and not ended. */
    boolean withinHead() {
        return place == Place.HEAD && (requestLine != null || !line.isEmpty());
    }

    /** Whether what comes is passed on unread. */
    boolean beyond() {
        return place == Place.BEYOND;
    }

    /** Whether nothing that comes is passed on; of the bytes read last, those from {@link #end} on are not. */
    boolean over() {
        return place == Place.OVER;
    }

    /** Where in the bytes read last the last whole request ends, or its head where that is not to be known. */
    int end() {
        return read;
    }

    /** How many heads have ended since this was asked last. */
    int headsEnded() {
        int seen = ended;
        ended = 0;
        return seen;
    }

    /** @return what is wrong with the head, null for nothing */
    String read(ByteBuf bytes) {
        int end = bytes.writerIndex();
        int at = bytes.readerIndex();
        int begun = at;
        while (at < end && place != Place.BEYOND && place != Place.OVER) {
            if (place == Place.BODY) {
                long skipped = Math.min(body, end - at);
                body -= skipped;
                at += (int) skipped;
                if (body == 0) {
                    next();
                    begun = at;
                }
                continue;
            }
            char c = (char) (bytes.getByte(at++) & 0xff);
            if (c != '\n') {
                if (line.length() < LONGEST_LINE) {
                    line.append(c);
                }
                continue;
            }
            String wrong = endOfLine();
            line.setLength(0);
            if (wrong != null) {
                read = begun;
                return wrong;
            }
            if (!withinHead()) {
                begun = at;
            }
        }
        read = at;
        return null;
    }

    private String endOfLine() {
        int length = line.length() - 1;
        if (length < 0 || line.charAt(length) != '\r') {
            return "a line ends without a carriage return";
        }
        line.setLength(length);
        for (int i = 0; i < length; i++) {
            if (line.charAt(i) == '\r' || line.charAt(i) == '\0') {
                return "a line holds a control character";
            }
        }
        if (requestLine == null) {
            return length == 0 ? null : requestLine();
        }
        if (length == 0) {
            return endOfHead();
        }
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            return "a header goes on in the next line";
        }
        header();
        return null;
    }

    private String requestLine() {
        requestLine = line.toString();
        if (http2 && requestLine.equals("PRI * HTTP/2.0")) {
            place = Place.BEYOND;
            return null;
        }
        if (!requestLine.endsWith(" HTTP/1.1") && !requestLine.endsWith(" HTTP/1.0")) {
            return "the request is not of HTTP/1.1";
        }
        int target = requestLine.indexOf(' ') + 1;
        int end = requestLine.lastIndexOf(' ');
        return target < end && isUri(requestLine.substring(target, end))
                ? null
                : "the request target holds a character or an escape that must not be there";
    }

    /** What is none is refused by the server behind this with an answer of no content, before any handler sees it. */
    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void header() {
        int colon = line.indexOf(":");
        if (colon < 0) {
            return;
        }
        String name = line.substring(0, colon).strip();
        if (name.equalsIgnoreCase("host")) {
            hosts++;
        } else if (name.equalsIgnoreCase("transfer-encoding")) {
            last = true;
        } else if (http2 && name.equalsIgnoreCase("upgrade")) {
            upgrade = true;
        } else if (name.equalsIgnoreCase("content-length")) {
            String value = line.substring(colon + 1).strip();
            boolean plain =
                    !value.isEmpty() && value.length() < 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            last |= body >= 0 || !plain;
            body = plain ? Long.parseLong(value) : 0;
        }
    }

    private String endOfHead() {
        if (hosts > 1 || (hosts == 0 && requestLine.endsWith("1.1"))) {
            return "a request has one Host header";
        }
        ended++;
        if (last) {
            place = Place.OVER;
        } else if (upgrade) {
            place = Place.BEYOND;
        } else if (body > 0) {
            place = Place.BODY;
        } else {
            next();
        }
        return null;
    }

    private void next() {
        place = Place.HEAD;
        requestLine = null;
        hosts = 0;
        body = -1;
    }
}
