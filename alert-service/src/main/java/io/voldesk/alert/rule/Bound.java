package io.voldesk.alert.rule;

/**
 * From where a value fires, and the nearer bound at which a firing signal keeps firing: a value that hovers at the first does not
 * fire again and again.
 */
record Bound(Comparison comparison, double firesAt, double holdsAt) {
    enum Comparison {
        ABOVE(">"),
        AT_LEAST(">="),
        BELOW("<"),
        AT_MOST("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean met(double value, double bound) {
            return switch (this) {
                case ABOVE -> value > bound;
                case AT_LEAST -> value >= bound;
                case BELOW -> value < bound;
                case AT_MOST -> value <= bound;
            };
        }

        private boolean upwards() {
            return this == ABOVE || this == AT_LEAST;
        }
    }

    Bound {
        if (comparison.upwards() ? holdsAt > firesAt : holdsAt < firesAt) {
            throw new IllegalArgumentException("a signal that fires " + comparison.sign() + " " + firesAt
                    + " cannot hold only " + comparison.sign() + " " + holdsAt);
        }
    }

    /** Of a count: one is enough, and none is none. */
    static Bound any() {
        return new Bound(Comparison.AT_LEAST, 1, 1);
    }

    boolean met(double value, boolean firing) {
        return comparison.met(value, firing ? holdsAt : firesAt);
    }
}
