package io.voldesk.quant;

/**
 * Tests of stationarity around a level. A series is centred and scaled before anything else, so that neither its unit nor its
 * mean touches a digit. A series of fewer than 30 values, or one that (nearly) does not vary or follows from its own past
 * without error, has no statistic: both tests say so alike.
 */
public sealed interface Stationarity {
    /** {@code adf} or {@code kpss}. */
    String test();

    /** Observations handed over. */
    int n();

    /**
     * @param lags of the ADF regression; the bandwidth of KPSS, a fraction of a lag
     * @param critical values of the statistic at 1 %, 5 %, 10 %
     */
    record Tested(String test, double statistic, double lags, double[] critical, int n, Verdict verdict)
            implements Stationarity {
        /** Whether the test rejects its null at 5 %: a unit root for ADF, stationarity for KPSS. */
        public boolean rejects() {
            return test.equals("adf") ? statistic < critical[1] : statistic > critical[1];
        }
    }

    /** Constant, constant but for one end, or exactly a function of its past, as alternating values are. */
    record NoVariation(String test, int n) implements Stationarity {}

    record TooFewObservations(String test, int n) implements Stationarity {}

    /** Of one test at 5 %. KPSS says {@code NEAR_UNIT_ROOT} where its first autocorrelation exceeds {@link Kpss#MOST_RHO}. */
    enum Verdict {
        STATIONARY,
        NOT_STATIONARY,
        NEAR_UNIT_ROOT
    }

    /** Of the pair: {@code INCONCLUSIVE} where one rejects a unit root and the other stationarity, or neither. */
    enum Joint {
        STATIONARY,
        UNIT_ROOT,
        NEAR_UNIT_ROOT,
        INCONCLUSIVE,
        NO_VARIATION,
        TOO_FEW_OBSERVATIONS
    }

    int FEWEST = 30;

    /**
     * Augmented Dickey–Fuller with constant, lag by least AIC up to Schwert's ⌈12(n/100)^¼⌉ over the sample all lags share, then fitted
     * anew over all that the chosen lag leaves (as statsmodels' {@code adfuller} does by default); critical values by MacKinnon
     * (2010), constant, no trend.
     *
     * @param x finite values at even steps of time
     */
    static Stationarity adf(double[] x) {
        return test("adf", x, DickeyFuller::test);
    }

    /**
     * Kwiatkowski–Phillips–Schmidt–Shin around a level; critical values of their 1992 paper; see {@link Kpss} for the bandwidth.
     *
     * @param x finite values at even steps of time
     */
    static Stationarity kpss(double[] x) {
        return test("kpss", x, Kpss::test);
    }

    /** What both tests of one series say together. */
    static Joint joint(Stationarity adf, Stationarity kpss) {
        if (adf instanceof Tested unitRoot && kpss instanceof Tested level) {
            if (level.verdict() == Verdict.NEAR_UNIT_ROOT) {
                return Joint.NEAR_UNIT_ROOT;
            }
            if (unitRoot.verdict() != level.verdict()) {
                return Joint.INCONCLUSIVE;
            }
            return level.verdict() == Verdict.STATIONARY ? Joint.STATIONARY : Joint.UNIT_ROOT;
        }
        return adf instanceof TooFewObservations || kpss instanceof TooFewObservations
                ? Joint.TOO_FEW_OBSERVATIONS
                : Joint.NO_VARIATION;
    }

    /** A test of a centred and scaled series. */
    @FunctionalInterface
    interface OfScaled {
        Tested apply(double[] scaled);
    }

    private static Stationarity test(String name, double[] x, OfScaled test) {
        if (x.length < FEWEST) {
            return new TooFewObservations(name, x.length);
        }
        if (!Stats.varies(x)) {
            return new NoVariation(name, x.length);
        }
        double[] scaled = Stats.standardised(x);
        return DickeyFuller.degenerate(scaled) ? new NoVariation(name, x.length) : test.apply(scaled);
    }
}
