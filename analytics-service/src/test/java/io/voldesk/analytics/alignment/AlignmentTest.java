package io.voldesk.analytics.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class AlignmentTest {
    @Test
    void sellingRichVolInPositiveGammaIsAlignedAndBuyingItIsAgainst() {
        var context = new Alignment.Context("ok", 0.04, 0.04, 0.9, "positive", null);
        Alignment sold = Alignment.of(-1, context);
        assertEquals(0.5, sold.vrp(), 1e-12);
        assertEquals(0.8, sold.ivRank(), 1e-12);
        assertEquals((0.5 + 0.8 + 1) / 3, sold.score(), 1e-12);
        assertEquals("aligned", sold.label());
        assertEquals("against", Alignment.of(1, context).label());
    }

    @Test
    void oneComponentIsNotEnoughAndAStaleContextIsNone() {
        Alignment one = Alignment.of(-1, new Alignment.Context("ok", null, null, 0.5, null, null));
        assertNull(one.score());
        assertEquals("fewer_than_two_components", one.reason());
        Alignment unmoved = Alignment.of(-1, new Alignment.Context("ok", 0.0, 0.0, 0.5, null, null));
        assertNull(unmoved.vrp(), "a premium that never moved has no spread to be measured by");
        assertNull(unmoved.score());
        Alignment stale = Alignment.of(-1, new Alignment.Context("stale", 0.04, 0.04, 0.9, "positive", 0.5));
        assertEquals("context_stale", stale.reason());
        assertEquals("unavailable", Alignment.of(1, null).label());
    }
}
