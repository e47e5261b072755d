package io.voldesk.kit.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetCsvTest {
    private static String written(Object... cells) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var csv = new SheetCsv(out)) {
            csv.row(Arrays.asList(cells));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "@SUM(A1)", "+7", "-2+3", "=", "-", "＝1+1", "＠A1"})
    void aTextThatBeginsAFormulaIsMadeText(String text) throws IOException {
        assertEquals("'" + text + "\r\n", written(text));
    }

    @Test
    void soIsOneBehindATabOrALineEnd() throws IOException {
        assertEquals("'\t=1\r\n", written("\t=1"));
        assertEquals("\"'\r=1\"\r\n", written("\r=1"));
        assertEquals("\"'\n=1\"\r\n", written("\n=1"));
        assertEquals("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n", written("=HYPERLINK(\"x\",\"y\")"));
    }

    @Test
    void numbersAndOtherTextsStay() throws IOException {
        assertEquals(
                "-2520.00,-7,-0.25,,A=1,a-b,' =1,Ä-4\r\n",
                written(new BigDecimal("-2520.00"), -7, -0.25, null, "A=1", "a-b", "' =1", "Ä-4"));
    }
}
