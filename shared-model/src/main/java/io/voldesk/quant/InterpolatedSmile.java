package io.voldesk.quant;

/** Constant maturity between two expiries: total variance linear in time at equal k. Never outside the two. */
public record InterpolatedSmile(Smile near, Smile far, double years) implements Smile {
    public InterpolatedSmile {
        if (!(near.years() <= years && years <= far.years() && near.years() < far.years())) {
            throw new IllegalArgumentException("constant maturity lies between its neighbours");
        }
    }

    private double weight() {
        return (years - near.years()) / (far.years() - near.years());
    }

    private double mix(double nearValue, double farValue) {
        return nearValue + weight() * (farValue - nearValue);
    }

    /** Carry is linear in time, so the forward is too, in logarithms. */
    @Override
    public double forward() {
        return Math.exp(mix(Math.log(near.forward()), Math.log(far.forward())));
    }

    @Override
    public double w(double k) {
        return mix(near.w(k), far.w(k));
    }

    @Override
    public double w1(double k) {
        return mix(near.w1(k), far.w1(k));
    }

    @Override
    public double w2(double k) {
        return mix(near.w2(k), far.w2(k));
    }
}
