import * as v from "valibot";
import { aged, counts, Fig, figure, text } from "./common";

export const Rate = v.looseObject({ ...aged, price: figure, source: text, raw_id: figure });
export const Volume = v.looseObject({ ...aged, volume_usd: figure, contract_volume: figure, counted: v.number(), left_out: v.number(), raw_id: figure });

export const Readings = v.looseObject({
  atm_iv7: Fig,
  atm_iv30: Fig,
  rv30: Fig,
  vrp: Fig,
  vrp_rank: v.looseObject({ value: figure, state: v.string(), reason: text }),
  variance_premium: Fig,
  risk_reversal25: Fig,
  dvol: Fig,
  net_gex: Fig,
});
export type Readings = v.InferOutput<typeof Readings>;

export const Profile = v.looseObject({
  ...aged,
  spot: figure,
  net_gex: figure,
  vendor_net_gex: figure,
  rounding_band: figure,
  flips: v.array(v.number()),
  nearest_flip: figure,
  nearest_flip_reason: text,
  regime: text,
  instruments: v.number(),
  by_mark_vol: v.number(),
  by_surface_vol: v.number(),
  by_open_interest: v.number(),
  left_out: v.number(),
  left_out_reasons: counts,
  profile: v.array(v.looseObject({ spot: v.number(), gex: v.number() })),
});
export type Profile = v.InferOutput<typeof Profile>;

export const Level = v.looseObject({ kind: v.string(), strike: v.number(), gex: v.number(), distance_pct: figure, distance_daily_sigma: figure, reason: text });
export type Level = v.InferOutput<typeof Level>;
export const Levels = v.looseObject({
  ...aged,
  freshness: v.string(),
  source: v.string(),
  spot: figure,
  nearest_flip: v.nullish(v.number()),
  nearest_flip_reason: v.nullish(v.string()),
  daily_sigma: figure,
  daily_sigma_as_of: text,
  daily_sigma_reason: text,
  levels: v.array(Level),
});
export type Levels = v.InferOutput<typeof Levels>;

/** How many observations stand behind a figure, and how many of them are independent. */
export const Sample = v.looseObject({ n: v.number(), coverage: figure, independent_n: v.number(), asked: v.nullish(v.number()) });
export type Sample = v.InferOutput<typeof Sample>;

export const Metric = v.looseObject({ metric: v.string(), now: Fig, rank: figure, sample: Sample, state: v.string(), reason: text, percentiles: v.array(v.number()) });
export type Metric = v.InferOutput<typeof Metric>;
export const Thresholds = v.looseObject({ ...aged, trailing_days: v.number(), metrics: v.array(Metric) });

export const SpotVol = v.looseObject({
  ...aged,
  windows: v.array(v.looseObject({ days: v.number(), beta: figure, correlation: figure, r_squared: figure, sample: Sample, state: v.string(), reason: text })),
});

export const Smile = v.looseObject({ ...aged, skew_stickiness_ratio: Fig, spot_vol_beta: Fig, skew_slope: Fig, fixed_strike_change: Fig, fixed_delta_change: Fig });

const Test = v.looseObject({ test: v.string(), statistic: figure, critical: v.array(v.number()), verdict: text, reason: text });
export const Regime = v.looseObject({
  ...aged,
  series: v.array(v.looseObject({ series: v.string(), state: v.string(), reason: text, verdict: text, from: text, to: text, sample: Sample, tests: v.array(Test) })),
});

const Estimate = v.looseObject({ estimator: v.string(), bars: v.string(), value: figure, state: v.string(), reason: text, sample: Sample, last_value: v.nullish(v.number()) });
export const Realised = v.looseObject({
  ...aged,
  daily_bars: v.string(),
  windows: v.array(v.looseObject({ days: v.number(), estimates: v.array(Estimate) })),
  vendor: v.looseObject({ method: v.string(), rv7: Fig, rv30: Fig }),
});
export type Realised = v.InferOutput<typeof Realised>;

export const Term = v.looseObject({
  state: v.string(),
  reason: text,
  surface_timestamp: text,
  listed: v.array(v.looseObject({ expiration: v.string(), days: v.number(), atm_iv: Fig })),
  constant: v.array(v.looseObject({ days: v.number(), atm_iv: Fig })),
});
export type Term = v.InferOutput<typeof Term>;

export const Surface = v.looseObject({
  state: v.string(),
  reason: text,
  surface_timestamp: text,
  slices: v.array(
    v.looseObject({ expiration: v.string(), days: v.number(), forward: v.number(), points: v.array(v.looseObject({ label: v.string(), k: v.number(), vol: v.number() })) }),
  ),
});
export type Surface = v.InferOutput<typeof Surface>;

export const GexPoint = v.looseObject({
  at: v.string(),
  spot: figure,
  net_gex: figure,
  vendor_net_gex: figure,
  rounding_band: figure,
  flip: figure,
  flip_reason: text,
  regime: text,
});
export type GexPoint = v.InferOutput<typeof GexPoint>;
export const GexSeries = v.looseObject({ state: v.string(), reason: text, sample: Sample, points: v.array(GexPoint) });
export type GexSeries = v.InferOutput<typeof GexSeries>;

export const Outcome = v.looseObject({
  regime: v.string(),
  horizon_hours: v.number(),
  n: v.number(),
  independent_n: v.number(),
  coverage: figure,
  mean: figure,
  median: figure,
  deviation: figure,
  hit_rate: figure,
  interval: v.nullable(v.tuple([v.number(), v.number()])),
  interval_reason: text,
  p_value: figure,
  q_value: figure,
  significant: v.nullable(v.boolean()),
});
export type Outcome = v.InferOutput<typeof Outcome>;
export const Returns = v.looseObject({
  state: v.string(),
  reason: text,
  sample: Sample,
  left_out: counts,
  false_discovery: v.looseObject({ method: v.string(), rate: v.number(), cells: v.number() }),
  outcomes: v.array(Outcome),
});
export type Returns = v.InferOutput<typeof Returns>;
