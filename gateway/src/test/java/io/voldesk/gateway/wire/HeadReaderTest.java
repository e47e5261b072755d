package io.voldesk.gateway.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadReaderTest {
    private static String read(HeadReader reader, String text) {
        return reader.read(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /** Wherever a packet ends, the heads end where they end. */
    @Test
    void headsAndBodiesAreToldApartHoweverTheyArrive() {
        String two = "\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n\r\n x\n y\r\nGET / HTTP/1.0\r\n\r\n";
        for (int at = 0; at <= two.length(); at++) {
            HeadReader reader = new HeadReader(false);
            assertNull(read(reader, two.substring(0, at)));
            assertNull(read(reader, two.substring(at)));
            assertEquals(2, reader.headsEnded());
            assertFalse(reader.withinHead());
            assertNull(read(reader, "GET"));
            assertTrue(reader.withinHead());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n b\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHOST : b\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\n",
                "GET / HTTP/3.0\r\n",
                "GET /?q=%zz HTTP/1.1\r\n",
                "GET /% HTTP/1.1\r\n",
                "GET /a|b HTTP/1.1\r\n",
                "GET  HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n",
                "GET / HTTP/1.1\r\nA: \0\r\n"
            })
    void whatIsReadInTwoWaysIsFoundHoweverItArrives(String head) {
        assertNotNull(read(new HeadReader(false), head));
        HeadReader reader = new HeadReader(false);
        String found = null;
        for (int i = 0; i < head.length() && found == null; i++) {
            found = read(reader, head.substring(i, i + 1));
        }
        assertNotNull(found);
    }

    /** Of a request whose end two servers would see in two places nothing but the head is passed on. */
    @Test
    void whatFollowsAHeadOfDoubtfulLengthIsNotPassedOn() {
        for (String head : new String[] {
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n"
        }) {
            HeadReader reader = new HeadReader(false);
            assertNull(read(reader, head + " anything\n"));
            assertTrue(reader.over());
            assertEquals(head.length(), reader.end());
        }
    }

    @Test
    void anotherProtocolIsLeftToTheCodec() {
        HeadReader http2 = new HeadReader(true);
        assertNull(read(http2, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0"));
        assertTrue(http2.beyond());
    }
}
