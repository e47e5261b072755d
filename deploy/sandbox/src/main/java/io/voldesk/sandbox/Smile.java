package io.voldesk.sandbox;

/**
 * The smile of one expiry at one moment: SSVI, and on it a ripple by strike of a few tenths of a vol point, more in the wings,
 * so that no SVI goes through it. In a rough hour it has an arbitrage besides.
 *
 * @param atm the vol the smile is drawn around, a fraction
 * @param years to expiry
 * @param phase of the ripple, radians
 * @param upside added to the logarithm of the vols above the forward, growing with the distance
 * @param dent depth of a bump above the forward, a fraction of vol; 0 in a clean hour
 */
record Smile(double atm, double years, double rho, double phase, double upside, double dent) {

    /** A fraction, at k = ln(K/F). */
    double vol(double k) {
        double theta = atm * atm * years;
        double phi = 0.9 / Math.sqrt(theta) / (1 + theta);
        double y = phi * k + rho;
        double w = theta / 2 * (1 + rho * phi * k + Math.sqrt(y * y + 1 - rho * rho));
        double z = k / Math.sqrt(theta);
        double size = Math.min(0.002 + 0.0012 * z * z, 0.007);
        double ripple = size * (Math.sin(2.3 * z + phase) + 0.5 * Math.sin(3.7 * z + 2 * phase));
        double bump = dent == 0 ? 0 : dent * Math.exp(-(z - 0.6) * (z - 0.6) / 0.18);
        return Math.max(0.02, Math.sqrt(w / years) * Math.exp(upside * Math.tanh(Math.max(z, 0))) + ripple + bump);
    }

    /** The k at which a call has the forward delta, by fixed point. */
    double strikeOfCallDelta(double d1) {
        double k = 0;
        for (int i = 0; i < 30; i++) {
            double sd = vol(k) * Math.sqrt(years);
            k = -d1 * sd + sd * sd / 2;
        }
        return k;
    }
}
