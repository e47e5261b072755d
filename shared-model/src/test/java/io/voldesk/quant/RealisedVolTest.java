package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.voldesk.quant.RealisedVol.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The values themselves are held to the reference file in {@link GoldenTest}. */
class RealisedVolTest {
    private static final Bar STILL = new Bar(5, 5, 5, 5);

    @Test
    void pricesThatNeverMoveHaveNoVol() {
        double[] closes = {5, 5, 5};
        List<Bar> bars = List.of(STILL, STILL, STILL);
        assertEquals(0, RealisedVol.closeToClose(closes, 365));
        assertEquals(0, RealisedVol.closeToCloseZeroMean(closes, 365));
        assertEquals(0, RealisedVol.parkinson(bars, 365));
        assertEquals(0, RealisedVol.garmanKlass(bars, 365));
        assertEquals(0, RealisedVol.rogersSatchell(bars, 365));
        assertEquals(0, RealisedVol.yangZhang(bars, 365));
    }

    @Test
    void tooFewBarsAreRefused() {
        refused(() -> RealisedVol.closeToClose(new double[] {1, 2}, 365));
        refused(() -> RealisedVol.closeToCloseZeroMean(new double[] {1}, 365));
        refused(() -> RealisedVol.parkinson(List.of(), 365));
        refused(() -> RealisedVol.garmanKlass(List.of(), 365));
        refused(() -> RealisedVol.rogersSatchell(List.of(), 365));
        refused(() -> RealisedVol.yangZhang(List.of(STILL, STILL), 365));
    }

    @Test
    void pricesThatCannotBeAreRefused() {
        refused(() -> RealisedVol.closeToClose(new double[] {1, 0, 2}, 365));
        refused(() -> RealisedVol.closeToClose(new double[] {1, Double.NaN, 2}, 365));
        refused(() -> RealisedVol.parkinson(List.of(new Bar(5, 4, 6, 5)), 365));
        refused(() -> RealisedVol.rogersSatchell(List.of(new Bar(5, 6, 4, 7)), 365));
        refused(() -> RealisedVol.garmanKlass(List.of(new Bar(0, 1, 0, 1)), 365));
        refused(() -> RealisedVol.parkinson(List.of(new Bar(5, Double.NaN, 4, 5)), 365));
    }

    private static void refused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
