package io.voldesk.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.quant.SviFit;
import io.voldesk.quant.SviSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Raw SVI of every expiry of the recorded chain (1,064 instruments): ours against Hipparchus' Levenberg–Marquardt over all five
 * parameters, with the exact Jacobian and the same weights, from the same start (the strike of least variance, a width of 0.3 of
 * the quoted span). The errors of both are printed by {@link #main}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SviFitBench {
    /** By its path from the root of the repository, where the benchmarks are run. */
    private static final Path RECORDING =
            Path.of("deploy/sandbox/src/main/resources/recorded/amberdata/btc-level-1-quotes-2024-04-01.json");

    private static final int MOST_EVALUATIONS = 1_000;
    private static final DateTimeFormatter VENDOR_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS");

    private record Expiry(List<SviFit.Point> points, double years, double forward) {}

    private List<Expiry> chain;

    @Setup(Level.Trial)
    public void read() throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(Files.readAllBytes(RECORDING))
                .path("payload")
                .path("data");
        Map<String, List<JsonNode>> byExpiry = new TreeMap<>();
        for (JsonNode row : rows) {
            byExpiry.computeIfAbsent(row.path("expirationTimestamp").asText(), e -> new ArrayList<>())
                    .add(row);
        }
        chain = new ArrayList<>();
        byExpiry.forEach((expiry, quotes) -> expiry(quotes).ifPresent(chain::add));
    }

    private static LocalDateTime time(JsonNode row, String field) {
        return LocalDateTime.parse(row.path(field).asText(), VENDOR_TIME);
    }

    private static Optional<Expiry> expiry(List<JsonNode> quotes) {
        double forward = quotes.getFirst().path("underlyingPrice").asDouble();
        double years = Duration.between(
                                time(quotes.getFirst(), "exchangeTimestamp"),
                                time(quotes.getFirst(), "expirationTimestamp"))
                        .toSeconds()
                / (365 * 86_400.0);
        List<SviFit.Point> points = new ArrayList<>();
        for (JsonNode quote : quotes) {
            double vol = quote.path("markIv").asDouble() / 100;
            double strike = quote.path("strike").asDouble();
            boolean outOfTheMoney = quote.path("putCall").asText().equals(strike >= forward ? "C" : "P");
            if (vol > 0 && outOfTheMoney) {
                points.add(new SviFit.Point(Math.log(strike / forward), vol, 1));
            }
        }
        return points.size() >= 8 && years > 0 ? Optional.of(new Expiry(points, years, forward)) : Optional.empty();
    }

    @Benchmark
    public double voldesk() {
        double sum = 0;
        for (Expiry expiry : chain) {
            sum += SviFit.fit(expiry.points(), expiry.years(), expiry.forward()).rmseVolPoints();
        }
        return sum;
    }

    @Benchmark
    public double levenbergMarquardt() {
        double sum = 0;
        for (Expiry expiry : chain) {
            sum += rmse(expiry, fit(expiry));
        }
        return sum;
    }

    /** By (a, b, ρ, m, s); null where it does not converge. */
    private static SviSlice fit(Expiry expiry) {
        int n = expiry.points().size();
        double[] target = new double[n];
        double[] weight = new double[n];
        double least = Double.POSITIVE_INFINITY;
        double at = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            SviFit.Point point = expiry.points().get(i);
            target[i] = point.vol() * point.vol() * expiry.years();
            double scale = 1 / (2 * point.vol() * expiry.years());
            weight[i] = scale * scale;
            if (target[i] < least) {
                least = target[i];
                at = point.k();
            }
            low = Math.min(low, point.k());
            high = Math.max(high, point.k());
        }
        double[] start = {least / 2, least, -0.3, at, 0.3 * (high - low)};
        LeastSquaresOptimizer.Optimum optimum;
        try {
            optimum = new LevenbergMarquardtOptimizer()
                    .optimize(new LeastSquaresBuilder()
                            .start(start)
                            .model(p -> model(expiry, p.toArray()))
                            .target(target)
                            .weight(new DiagonalMatrix(weight))
                            .maxEvaluations(MOST_EVALUATIONS)
                            .maxIterations(MOST_EVALUATIONS)
                            .build());
        } catch (MathIllegalStateException notConverged) {
            return null;
        }
        double[] p = optimum.getPoint().toArray();
        return new SviSlice(expiry.years(), expiry.forward(), p[0], p[1], p[2], p[3], p[4]);
    }

    private static Pair<org.hipparchus.linear.RealVector, org.hipparchus.linear.RealMatrix> model(
            Expiry expiry, double[] p) {
        int n = expiry.points().size();
        double[] value = new double[n];
        double[][] slope = new double[n][];
        for (int i = 0; i < n; i++) {
            double x = expiry.points().get(i).k() - p[3];
            double root = Math.sqrt(x * x + p[4] * p[4]);
            value[i] = p[0] + p[1] * (p[2] * x + root);
            slope[i] = new double[] {1, p[2] * x + root, p[1] * x, p[1] * (-p[2] - x / root), p[1] * p[4] / root};
        }
        return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(slope, false));
    }

    private static double rmse(Expiry expiry, SviSlice slice) {
        if (slice == null) {
            return Double.NaN;
        }
        double sum = 0;
        for (SviFit.Point point : expiry.points()) {
            double error = 100 * (Math.sqrt(Math.max(slice.w(point.k()), 0) / expiry.years()) - point.vol());
            sum += error * error;
        }
        return Math.sqrt(sum / expiry.points().size());
    }

    /** Prints the errors in vol points, expiry by expiry. */
    public static void main(String[] arguments) throws IOException {
        SviFitBench bench = new SviFitBench();
        bench.read();
        System.out.println(
                "| days | points | RMSE, vol points | Levenberg–Marquardt | least g |\n|---|---|---|---|---|");
        for (Expiry expiry : bench.chain) {
            SviFit ours = SviFit.fit(expiry.points(), expiry.years(), expiry.forward());
            System.out.printf(
                    "| %.1f | %d | %.4f | %.4f | %.4f |%n",
                    expiry.years() * 365,
                    expiry.points().size(),
                    ours.rmseVolPoints(),
                    rmse(expiry, fit(expiry)),
                    ours.leastG());
        }
    }
}
