package io.voldesk.quant;

/**
 * Least squares by Householder reflections of the design (no normal equations: they square its condition). The columns are nested: one
 * decomposition holds the residuals of every leading part.
 */
final class LeastSquares {
    /** A column with less than this share of itself left beside the earlier ones follows from them. */
    private static final double DEPENDENT = 1e-10;

    /** Residuals of less than this share of the explained sum of squares are rounding alone. */
    private static final double NO_RESIDUAL = 1e-18;

    private final double[][] r;
    private final double[] rotated;
    private final int rows;
    private final double squares;
    private boolean dependent;

    /** @param columns of the design, changed in place; more rows than columns */
    LeastSquares(double[][] columns, double[] y) {
        r = columns;
        rotated = y.clone();
        rows = y.length;
        squares = squares(y, 0);
        for (int j = 0; j < columns.length; j++) {
            reflect(j, squares(columns[j], 0));
        }
    }

    private void reflect(int j, double before) {
        double[] v = r[j];
        double norm = Math.sqrt(squares(v, j));
        if (!(norm > DEPENDENT * Math.sqrt(before))) {
            dependent = true;
            return;
        }
        double diagonal = v[j] > 0 ? -norm : norm;
        v[j] -= diagonal;
        double half = -diagonal * v[j];
        for (int other = j + 1; other < r.length; other++) {
            reflect(v, r[other], j, half);
        }
        reflect(v, rotated, j, half);
        v[j] = diagonal;
    }

    private static void reflect(double[] v, double[] column, int from, double half) {
        double along = 0;
        for (int i = from; i < v.length; i++) {
            along += v[i] * column[i];
        }
        along /= half;
        for (int i = from; i < v.length; i++) {
            column[i] -= along * v[i];
        }
    }

    private static double squares(double[] v, int from) {
        double sum = 0;
        for (int i = from; i < v.length; i++) {
            sum += v[i] * v[i];
        }
        return sum;
    }

    int rows() {
        return rows;
    }

    /** Sum of squared residuals on the first k columns. */
    double residualSquares(int k) {
        return squares(rotated, k);
    }

    boolean degenerate() {
        return dependent || !(residualSquares(r.length) > NO_RESIDUAL * squares);
    }

    /** t of the second column's coefficient: R is solved for it from below, and R⁻¹'s row gives its error. */
    double t() {
        int k = r.length;
        double[] coefficients = new double[k];
        for (int i = k - 1; i >= 1; i--) {
            double sum = rotated[i];
            for (int j = i + 1; j < k; j++) {
                sum -= r[j][i] * coefficients[j];
            }
            coefficients[i] = sum / r[i][i];
        }
        // row 1 of R⁻¹: z·R = e₁, left to right
        double[] row = new double[k];
        double inverseSquares = 0;
        for (int j = 1; j < k; j++) {
            double sum = j == 1 ? 1 : 0;
            for (int i = 1; i < j; i++) {
                sum -= row[i] * r[j][i];
            }
            row[j] = sum / r[j][j];
            inverseSquares += row[j] * row[j];
        }
        return coefficients[1] / Math.sqrt(residualSquares(k) / (rows - k) * inverseSquares);
    }
}
