package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The trace a request belongs to: the caller's W3C {@code traceparent} where it sends a well-formed one, a fresh one otherwise. */
final class TraceId {
    private static final int LENGTH = 32;
    private static final String VERSION = "00-";
    /** {@code 00-} trace {@code -} span of 16 {@code -} flags of 2 */
    private static final int WHOLE = VERSION.length() + LENGTH + 1 + 16 + 1 + 2;

    private TraceId() {}

    static String of(HttpServerRequest request) {
        String sent = request.getHeader("traceparent");
        return sent != null && wellFormed(sent) ? sent.substring(VERSION.length(), VERSION.length() + LENGTH) : fresh();
    }

    /** Names a request in a log; nothing stands on its being hard to guess. */
    private static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private static boolean wellFormed(String sent) {
        if (sent.length() != WHOLE || !sent.startsWith(VERSION)) {
            return false;
        }
        for (int i = VERSION.length(); i < WHOLE; i++) {
            char c = sent.charAt(i);
            boolean dash = i == VERSION.length() + LENGTH || i == WHOLE - 3;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
