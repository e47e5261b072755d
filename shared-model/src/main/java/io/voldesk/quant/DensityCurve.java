package io.voldesk.quant;

/**
 * A smile's risk-neutral density on an even grid of k = ln(K/F), ±8 at-the-money deviations wide.
 *
 * @param k grid
 * @param density in k
 * @param area integral over the grid (trapezoidal); 1 where the smile is free of butterfly arbitrage
 * @param meanOverForward integral of e^k·density; 1 likewise
 * @param least least density, as a share of the peak
 */
public record DensityCurve(double[] k, double[] density, double area, double meanOverForward, double least) {
    public static DensityCurve of(Smile smile, int steps) {
        double width = 8 * Math.sqrt(smile.w(0));
        double[] k = new double[steps + 1];
        double[] density = new double[steps + 1];
        double area = 0;
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double peak = 0;
        double step = 2 * width / steps;
        for (int i = 0; i <= steps; i++) {
            k[i] = -width + i * step;
            density[i] = smile.density(k[i]);
            double weight = (i == 0 || i == steps ? 0.5 : 1) * step;
            area += weight * density[i];
            mean += weight * density[i] * Math.exp(k[i]);
            least = Math.min(least, density[i]);
            peak = Math.max(peak, density[i]);
        }
        return new DensityCurve(k, density, area, mean, least / peak);
    }

    /** Mass and mean of K/F between two k, over the grid; the mean is NaN where there is no mass. */
    public double[] between(double from, double to) {
        double mass = 0;
        double mean = 0;
        for (int i = 0; i + 1 < k.length; i++) {
            double part = massOfCell(i, from, to);
            mass += part;
            mean += part * Math.exp((Math.max(k[i], from) + Math.min(k[i + 1], to)) / 2);
        }
        return new double[] {mass, mass > 0 ? mean / mass : Double.NaN};
    }

    /** The k below which a share p of the mass between two k lies, to the width of a grid cell; NaN without mass. */
    public double quantile(double from, double to, double p) {
        double wanted = between(from, to)[0] * p;
        double sum = 0;
        for (int i = 0; i + 1 < k.length; i++) {
            double part = massOfCell(i, from, to);
            if (part > 0 && sum + part >= wanted) {
                double start = Math.max(k[i], from);
                return start + (wanted - sum) / part * (Math.min(k[i + 1], to) - start);
            }
            sum += part;
        }
        return Double.NaN;
    }

    /** Mass of the part of one grid cell that lies in [from, to], density linear within the cell. */
    private double massOfCell(int i, double from, double to) {
        double start = Math.max(k[i], from);
        double end = Math.min(k[i + 1], to);
        if (end <= start) {
            return 0;
        }
        double slope = (density[i + 1] - density[i]) / (k[i + 1] - k[i]);
        return (density[i] + slope * ((start + end) / 2 - k[i])) * (end - start);
    }
}
