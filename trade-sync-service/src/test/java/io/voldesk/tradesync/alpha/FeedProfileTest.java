package io.voldesk.tradesync.alpha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.tradesync.execution.Execution;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed's shape is data: the shipped ones, name by name, and one that nobody has written a line of Java for. */
class FeedProfileTest {
    private static final String THIRD = """
            request:
              path: /fills
              header: X-Api-Key
              parameters: {portfolios: books, include_pending: pending, updated_since: since, limit: size, cursor: page}
            answer:
              rows: result.fills
              cursor: result.paging.next
              as_of: meta.asOf
            fields:
              trade_id: fillId
              portfolio: book
              status: state
              recon_status: recon
              symbol: osi
              underlying: ticker
              side: bs
              quantity: qty
              price: px
              multiplier: mult
              currency: ccy
              executed_at: ts
              updated_at: [changed, modified]
            defaults: {version: 1, recon_status: not_reconciled}
            values:
              status: {filled: F, cancelled: [C, X]}
              side: {buy: B, sell: S}
            """;

    private static final Map<AlphaField, String> GOOD = new EnumMap<>(Map.ofEntries(
            Map.entry(AlphaField.TRADE_ID, "\"T\""),
            Map.entry(AlphaField.VERSION, "3"),
            Map.entry(AlphaField.PORTFOLIO, "\"IMST\""),
            Map.entry(AlphaField.STATUS, "\"filled\""),
            Map.entry(AlphaField.RECON_STATUS, "\"matched\""),
            Map.entry(AlphaField.SYMBOL, "\"MSTR  271217C00400000\""),
            Map.entry(AlphaField.UNDERLYING, "\"MSTR\""),
            Map.entry(AlphaField.SIDE, "\"sell\""),
            Map.entry(AlphaField.QUANTITY, "\"10\""),
            Map.entry(AlphaField.QUANTITY_UNIT, "\"contracts\""),
            Map.entry(AlphaField.PRICE, "\"1.5\""),
            Map.entry(AlphaField.MULTIPLIER, "100"),
            Map.entry(AlphaField.FEES, "2"),
            Map.entry(AlphaField.CURRENCY, "\"USD\""),
            Map.entry(AlphaField.PREMIUM_USD, "1501"),
            Map.entry(AlphaField.EXECUTED_AT, "\"2026-11-20T15:00:00Z\""),
            Map.entry(AlphaField.UPDATED_AT, "\"2026-11-20T15:01:00Z\""),
            Map.entry(AlphaField.SETTLE_DATE, "\"2026-11-23\"")));

    private static AlphaRow only(FeedProfile profile, String answer) {
        return page(profile, answer, 500).rows().getFirst();
    }

    private static AlphaPage page(FeedProfile profile, String answer, int limit) {
        return AlphaPage.parse(answer.getBytes(StandardCharsets.UTF_8), 1, profile, limit);
    }

    /** Whichever of its names a field comes under, the row reads the same. */
    @ParameterizedTest
    @ValueSource(strings = {"voldesk", "alpha-export"})
    void everyNameOfEveryFieldIsRead(String name) {
        FeedProfile profile = FeedProfile.load(name);
        String rows = profile.rows().iterator().next();
        Map<AlphaField, String> first = new EnumMap<>(AlphaField.class);
        profile.aliases().forEach((alias, of) -> {
            if (of.rank() == 0) {
                first.put(of.field(), alias);
            }
        });
        assertEquals(AlphaField.values().length, first.size(), "every field has a name");
        Execution expected = null;
        for (Map.Entry<String, FeedProfile.Alias> alias : profile.aliases().entrySet()) {
            Map<AlphaField, String> names = new EnumMap<>(first);
            names.put(alias.getValue().field(), alias.getKey());
            String row = names.entrySet().stream()
                    .map(field -> "\"" + field.getValue() + "\":" + GOOD.get(field.getKey()))
                    .collect(Collectors.joining(",", "{", "}"));
            AlphaRow read = only(profile, "{\"" + rows + "\":[" + row + "]}");
            Execution execution =
                    assertInstanceOf(AlphaRow.Accepted.class, read, row).execution();
            assertEquals(row, execution.raw());
            Execution same = withoutRaw(execution);
            expected = expected == null ? same : expected;
            assertEquals(expected, same, alias.getKey());
        }
        assertEquals(new BigDecimal("1501"), expected.sourcePremiumUsd());
        assertTrue(expected.premiumDisagrees());
    }

    private static Execution withoutRaw(Execution e) {
        return new Execution(
                e.tradeId(),
                e.version(),
                e.portfolio(),
                e.status(),
                e.reconStatus(),
                e.contract(),
                e.underlying(),
                e.side(),
                e.quantity(),
                e.price(),
                e.currency(),
                e.sourcePremiumUsd(),
                e.multiplier(),
                e.feesUsd(),
                e.executedAt(),
                e.updatedAt(),
                e.settleDate(),
                "");
    }

    @Test
    void aThirdShapeIsReadByItsFileAlone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("third.yaml"), THIRD);
        FeedProfile profile = FeedProfile.load(file.toString());
        assertEquals("the-key", profile.credential("the-key"));
        assertEquals("X-Api-Key", profile.header());
        AlphaPage page = page(profile, """
                {"meta":{"asOf":"2026-11-20T21:05:00Z","rows":7},"other":{"fills":[1]},
                 "result":{"paging":{"next":"abc"},"fills":[
                  {"fillId":"1","book":"IMST","state":"X","osi":"2MSTR271217C00400000","ticker":"MSTR","bs":"S","qty":3,"px":1.5,
                   "mult":100,"ccy":"USD","ts":"2026-11-20T15:00:00Z","modified":"2026-11-20T15:00:01Z","unknown":{"fillId":"2"}}]}}""", 2);
        assertEquals("abc", page.nextCursor());
        assertEquals(Instant.parse("2026-11-20T21:05:00Z"), page.asOf());
        Execution read = assertInstanceOf(AlphaRow.Accepted.class, page.rows().getFirst())
                .execution();
        assertEquals("cancelled", read.status());
        assertEquals("sell", read.side());
        assertEquals("not_reconciled", read.reconStatus());
        assertEquals(1, read.version());
        assertEquals(read.executedAt().plusSeconds(1), read.updatedAt());
        assertNull(read.feesUsd());
    }

    /** How a source writes its words is its own affair; which they are is the profile's. */
    @ParameterizedTest
    @CsvSource({
        "RECON_STATUS, Matched, matched",
        "RECON_STATUS, Not Reconciled, not_reconciled",
        "RECON_STATUS, NotReconciled, not_reconciled",
        "RECON_STATUS, not-reconciled, not_reconciled",
        "RECON_STATUS, Reconciled, ",
        "STATUS, Partially Filled, partially_filled",
        "STATUS, Canceled, cancelled",
        "STATUS, fil led?, ",
        "SIDE, Buy To Open, buy_to_open",
        "SIDE, SELL-TO-CLOSE, sell_to_close",
        "QUANTITY_UNIT, Contracts, contracts"
    })
    void aWordIsReadWithoutCaseAndSeparators(AlphaField field, String theirs, String ours) {
        assertEquals(ours, FeedProfile.load("alpha-export").word(field, theirs));
    }

    @Test
    void aWordOfSeparatorsAloneIsAWord(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("third.yaml"), THIRD.replace("{buy: B, sell: S}", "{buy: '.', sell: '-'}"));
        FeedProfile profile = FeedProfile.load(file.toString());
        assertEquals("sell", profile.word(AlphaField.SIDE, "-"));
        assertNull(profile.word(AlphaField.SIDE, "_"));
    }

    /** The first of the names that holds something, in the profile's order and not the row's; a name twice is no choice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"premiumUsd\":5,\"premium_usd\":7|7",
                "\"premium_usd\":7,\"premiumUsd\":5|7",
                "\"premium_usd\":null,\"premiumUsd\":5|5",
                "\"premiumUsd\":5,\"premium_usd\":null|5",
                "\"premium_usd\":7,\"premium_usd\":7|premium_usd: repeated_field"
            })
    void ofSeveralNamesTheFirstThatHoldsSomethingWins(String fields, String expected) {
        String good = GOOD.entrySet().stream()
                .filter(field -> field.getKey() != AlphaField.PREMIUM_USD)
                .map(field -> "\"" + field.getKey().json() + "\":" + field.getValue())
                .collect(Collectors.joining(","));
        AlphaRow read = only(FeedProfile.load("alpha-export"), "{\"data\":[{" + good + "," + fields + "}]}");
        assertEquals(
                expected,
                switch (read) {
                    case AlphaRow.Accepted(Execution execution) ->
                        execution.sourcePremiumUsd().toPlainString();
                    case AlphaRow.Rejected rejected -> rejected.field() + ": " + rejected.reason();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  trade_id: fillId|  trade_id: []|does not say where trade_id stands",
                "  portfolio: book|  portfolio: fillId|names fillId twice",
                "  portfolio: book|  portfolios: book|unknown field: portfolios",
                "filled: F|full: F|a status that is none: full",
                "sell: S|sell: b|takes b for buy and for sell",
                "  header: X-Api-Key|  scheme: Bearer|has no header",
                "cursor: page}|page: page}|has no cursor",
                "  rows: result.fills|  row: result.fills|has no rows",
                "defaults: {version|premium: net\\ndefaults: {version|neither signed nor absolute"
            })
    void aProfileThatIsNoneSaysWhy(String of, String by, String says, @TempDir Path folder) throws IOException {
        assertTrue(THIRD.contains(of), of);
        Path file = Files.writeString(folder.resolve("third.yaml"), THIRD.replace(of, by.replace("\\n", "\n")));
        String why = assertThrows(IllegalArgumentException.class, () -> FeedProfile.load(file.toString()))
                .getMessage();
        assertTrue(why.contains(says), why);
    }

    @Test
    void aProfileThatIsNotThereSaysSo(@TempDir Path folder) {
        for (String name : new String[] {"nope", folder.resolve("nope.yaml").toString()}) {
            String why = assertThrows(IllegalArgumentException.class, () -> FeedProfile.load(name))
                    .getMessage();
            assertTrue(why.contains(name), why);
        }
    }

    /** Half a walk must not pass for a whole one: where a page may be followed by another, the answer has to say. */
    @Test
    void aFullPageThatSaysNothingOfTheNextFailsTheWalk(@TempDir Path folder) throws IOException {
        FeedProfile profile = FeedProfile.load("alpha-export");
        String two = "{\"trades\":[{},{}]%s}";
        String why = assertThrows(AlphaWalkFailed.class, () -> page(profile, two.formatted(""), 2))
                .getMessage();
        assertTrue(why.contains("is full and has no cursor: none of cursor.next, nextCursor, next_cursor"), why);
        assertThrows(AlphaWalkFailed.class, () -> page(profile, two.formatted(",\"page_token\":\"x\""), 1));
        assertEquals(2, page(profile, two.formatted(""), 3).rows().size());
        assertNull(page(profile, two.formatted(",\"nextCursor\":null"), 2).nextCursor());
        assertEquals(
                "x",
                page(profile, two.formatted(",\"cursor\":{\"next\":\"x\"}"), 2).nextCursor());

        Path file = Files.writeString(
                folder.resolve("whole.yaml"), THIRD.replace("cursor: result.paging.next", "cursor: []"));
        FeedProfile whole = FeedProfile.load(file.toString());
        assertEquals(
                2, page(whole, "{\"result\":{\"fills\":[{},{}]}}", 1).rows().size());
        assertThrows(AlphaWalkFailed.class, () -> page(whole, "{\"result\":{\"fills\":[{},{}]}}", 2));
    }

    /** What no clock has shown bounds nothing, and least of all a query. */
    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "now"})
    void aMomentOfNoClockIsNone(String asOf) {
        assertNull(page(FeedProfile.load("voldesk"), "{\"data\":[],\"as_of\":\"" + asOf + "\"}", 500)
                .asOf());
    }

    @ParameterizedTest
    @CsvSource({
        "absolute,-1501,premium_usd: negative",
        "absolute,1501,1501",
        "signed,-1501,1501",
        "signed,1501.0,1501.0"
    })
    void whetherAPremiumHasASignIsTheProfilesToSay(String premium, String sent, String expected, @TempDir Path folder)
            throws IOException {
        String shipped;
        try (var in = FeedProfile.class.getResourceAsStream("/alpha-profiles/alpha-export.yaml")) {
            shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(shipped.contains("\npremium: absolute\n"));
        Path file = Files.writeString(
                folder.resolve("premium.yaml"),
                shipped.replace("\npremium: absolute\n", "\npremium: " + premium + "\n"));
        String good = GOOD.entrySet().stream()
                .filter(field -> field.getKey() != AlphaField.PREMIUM_USD)
                .map(field -> "\"" + field.getKey().json() + "\":" + field.getValue())
                .collect(Collectors.joining(","));
        AlphaRow read =
                only(FeedProfile.load(file.toString()), "{\"data\":[{" + good + ",\"premium_usd\":" + sent + "}]}");
        assertEquals(
                expected,
                switch (read) {
                    case AlphaRow.Accepted(Execution execution) ->
                        execution.sourcePremiumUsd().toPlainString();
                    case AlphaRow.Rejected rejected -> rejected.field() + ": " + rejected.reason();
                });
    }
}
