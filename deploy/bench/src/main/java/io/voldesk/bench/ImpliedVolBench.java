package io.voldesk.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.voldesk.quant.Black76;
import io.voldesk.quant.ImpliedVol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Implied vols of a mixed chain, out of the money on both sides, from a day to two years and out to wings worth 1e-30: ours
 * against Strata's {@code BlackFormulaRepository}, which is only given what it can invert (prices from 1e-12).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ImpliedVolBench {
    private static final int QUOTES = 1_000;
    private static final double FORWARD = 70_000;

    private record Quote(boolean call, double price, double strike, double years) {}

    private List<Quote> quotes;

    @Setup(Level.Trial)
    public void chain() {
        quotes = new ArrayList<>();
        double[] years = {1 / 365.0, 7 / 365.0, 30 / 365.0, 0.25, 1, 2};
        for (int i = 0; quotes.size() < QUOTES; i++) {
            double t = years[i % years.length];
            double vol = 0.3 + 0.9 * ((i * 37) % 101) / 101.0;
            // deviations from the forward: mostly near it, some far out
            double deviations = ((i * 53) % 211 - 105) / 105.0 * (i % 5 == 0 ? 7 : 2.5);
            double strike = FORWARD * Math.exp(deviations * vol * Math.sqrt(t));
            boolean call = strike >= FORWARD;
            double price = Black76.price(call, FORWARD, strike, t, vol);
            if (price > 1e-12) {
                quotes.add(new Quote(call, price, strike, t));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(QUOTES)
    public void voldesk(Blackhole hole) {
        for (Quote quote : quotes) {
            hole.consume(ImpliedVol.of(quote.call(), quote.price(), FORWARD, quote.strike(), quote.years()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(QUOTES)
    public void strata(Blackhole hole) {
        for (Quote quote : quotes) {
            hole.consume(BlackFormulaRepository.impliedVolatility(
                    quote.price(), FORWARD, quote.strike(), quote.years(), quote.call()));
        }
    }
}
