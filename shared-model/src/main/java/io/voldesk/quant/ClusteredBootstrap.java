package io.voldesk.quant;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Percentile bootstrap of a statistic whose observations share what moved them within clusters: whole clusters are drawn. */
public final class ClusteredBootstrap {
    private ClusteredBootstrap() {}

    /**
     * 2.5 % and 97.5 % quantiles of the statistic over resamples of as many clusters as there are; the same for the same seed. With few
     * clusters it is too narrow: whoever calls asks for enough (30 here everywhere).
     *
     * @param valuesByCluster none empty, at least two
     * @throws IllegalArgumentException with fewer than two clusters
     */
    public static double[] interval(
            double[][] valuesByCluster, ToDoubleFunction<double[]> statistic, int resamples, long seed) {
        int clusters = valuesByCluster.length;
        if (clusters < 2) {
            throw new IllegalArgumentException("a bootstrap over clusters needs two, not " + clusters);
        }
        Random random = new Random(seed);
        double[] statistics = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int[] drawn = random.ints(clusters, 0, clusters).toArray();
            double[] values = new double
                    [Arrays.stream(drawn).map(c -> valuesByCluster[c].length).sum()];
            int at = 0;
            for (int c : drawn) {
                System.arraycopy(valuesByCluster[c], 0, values, at, valuesByCluster[c].length);
                at += valuesByCluster[c].length;
            }
            statistics[r] = statistic.applyAsDouble(values);
        }
        return new double[] {Stats.quantile(statistics, 0.025), Stats.quantile(statistics, 0.975)};
    }
}
