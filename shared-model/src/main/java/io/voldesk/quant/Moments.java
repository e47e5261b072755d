package io.voldesk.quant;

/**
 * Count, mean and sum of squared deviations of some values; those of parts add up to those of the whole (Chan, Golub, LeVeque
 * 1979). The last bits depend on the parts alone.
 */
public record Moments(long n, double mean, double squares) {
    public static final Moments NONE = new Moments(0, 0, 0);

    /** Of the values from one index to before another, in two passes. */
    public static Moments of(double[] x, int from, int to) {
        if (from == to) {
            return NONE;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        double mean = sum / (to - from);
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
        }
        return new Moments(to - from, mean, squares);
    }

    public Moments plus(Moments other) {
        if (n == 0 || other.n == 0) {
            return n == 0 ? other : this;
        }
        long all = n + other.n;
        double apart = other.mean - mean;
        return new Moments(
                all,
                mean + apart * other.n / all,
                squares + other.squares + apart * apart * ((double) n * other.n / all));
    }

    /** Sample standard deviation (n − 1); NaN of fewer than two values. */
    public double deviation() {
        return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    }
}
