package io.voldesk.gateway.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding read strictly (RFC 3986, UTF-8) and written in one form. */
final class PercentText {
    private static final String HEX = "0123456789ABCDEF";

    private PercentText() {}

    /**
     * Decodes once.
     *
     * @return null where an escape is cut short, is not hexadecimal, or the bytes are not well-formed UTF-8 (overlong forms and
     *     surrogates are not)
     */
    static String decode(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int octet = octet(text, i);
            if (octet < 0) {
                return null;
            }
            bytes.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Encodes all but RFC 3986's unreserved characters. */
    static void encode(String text, StringBuilder into) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (unreserved((char) (b & 0xff))) {
                into.append((char) b);
            } else {
                into.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
    }

    /** The octet that the escape at {@code at} stands for; negative where there is none. */
    static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = hex(text.charAt(at + 1));
        int low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static boolean unreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
