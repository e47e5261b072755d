package io.voldesk.analytics.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer of market data is one about everything that was asked, or none: a cut one is not one of nothing there. */
class MarketDataAnswersTest {
    private static final Instant AT = Instant.parse("2026-11-10T15:30:00Z");
    private static final QuoteLookup.Found EMPTY = new QuoteLookup.Found(List.of(), null);

    /** Market data that gives the same answer whatever it is asked. */
    private static MarketData answering(Object answer) {
        return new MarketData((SnapshotApi) Proxy.newProxyInstance(
                SnapshotApi.class.getClassLoader(), new Class<?>[] {SnapshotApi.class}, (_, _, _) -> {
                    if (answer instanceof RuntimeException e) {
                        throw e;
                    }
                    return answer;
                }));
    }

    private static List<QuoteLookup.Found> quotes(Object answer) {
        return answering(answer)
                .quotes(List.of(
                        new QuoteLookup.Window("MSTR  261218C00300000", AT, AT),
                        new QuoteLookup.Window("COIN  261218C00300000", AT, AT)));
    }

    private static String cut(Runnable asked) {
        return assertThrows(MarketData.Unreachable.class, asked::run).getMessage();
    }

    @Test
    void quotesAreOfEveryWindowOrOfNone() {
        assertEquals(2, quotes(new QuoteLookup.Answer(List.of(EMPTY, EMPTY))).size());
        assertEquals(
                "snapshot-service answered 1 of 2 quotes: its answer is cut",
                cut(() -> quotes(new QuoteLookup.Answer(List.of(EMPTY)))));
        assertEquals(
                "snapshot-service answered 1 of 2 quotes: its answer is cut",
                cut(() -> quotes(new QuoteLookup.Answer(List.of(EMPTY, new QuoteLookup.Found(null, null))))));
        assertEquals(
                "snapshot-service answered 1 of 2 quotes: its answer is cut",
                cut(() -> quotes(new QuoteLookup.Answer(Arrays.asList(null, EMPTY)))));
        assertEquals("snapshot-service gave an empty answer", cut(() -> quotes(new QuoteLookup.Answer(null))));
        assertTrue(cut(() -> quotes(null)).contains("cannot be read"));
    }

    @Test
    void aConnectionThatBreaksTellsNothing() {
        assertEquals(
                "the answer of snapshot-service broke off or cannot be read",
                cut(() -> quotes(new IllegalStateException("Connection was closed"))));
        assertThrows(
                MarketData.Unreachable.class,
                () -> answering(new IllegalStateException("Connection was closed"))
                        .captures(0));
    }

    @Test
    void aModelMarkHasAPriceOrAReason() {
        List<ModelMarkLookup.Asked> asked = List.of(new ModelMarkLookup.Asked("MSTR  261218C00300000", AT));
        var none = new ModelMarkLookup.Answer(List.of(ModelMarkLookup.ModelMark.none("no_surface_at_hour")));
        assertEquals(1, answering(none).modelMarks(asked).size());
        var blank = new ModelMarkLookup.Answer(List.of(ModelMarkLookup.ModelMark.none(null)));
        assertEquals(
                "snapshot-service answered 0 of 1 model marks: its answer is cut",
                cut(() -> answering(blank).modelMarks(asked)));
    }

    @Test
    void statesAreOfEveryInstantAndEachThatIsMetIsThere() {
        List<Instant> instants = List.of(AT, AT.plusSeconds(60));
        assertEquals(
                "snapshot-service answered 1 of 2 market states: its answer is cut",
                cut(() -> states(new MarketContextLookup.Answer("BTC", List.of(), new int[] {-1}), instants)));
        assertEquals(
                "snapshot-service answered 0 of 1 market states: its answer is cut",
                cut(() -> states(new MarketContextLookup.Answer("BTC", List.of(), new int[] {-1, 0}), instants)));
        assertEquals(
                "snapshot-service answered 0 of 2 market states: its answer is cut",
                cut(() -> states(new MarketContextLookup.Answer("BTC", List.of(), null), instants)));
        assertEquals(2, states(new MarketContextLookup.Answer("BTC", List.of(), new int[] {-1, -1}), instants).length);
    }

    private static int[] states(MarketContextLookup.Answer answer, List<Instant> instants) {
        return answering(answer)
                .statesMet("BTC", instants, Duration.ofMinutes(90))
                .nearest();
    }
}
