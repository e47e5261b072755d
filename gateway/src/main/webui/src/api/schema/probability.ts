import * as v from "valibot";
import { figure, text } from "./common";

export const Quality = v.looseObject({
  state: v.string(),
  area: figure,
  mean_over_forward: figure,
  input_points: figure,
  fit_rmse_vol_points: figure,
  fit_source: text,
  weights: text,
  surface_timestamp: text,
  reasons: v.array(v.string()),
});
export type Quality = v.InferOutput<typeof Quality>;

const basis = {
  state: v.string(),
  reason: text,
  horizon: text,
  surface_timestamp: text,
  spot: figure,
  forward: figure,
  quoted_range: v.nullish(v.looseObject({ low: figure, high: figure })),
  density_quality: Quality,
};

const Quantile = v.looseObject({ probability: v.number(), price: v.number(), extrapolated: v.boolean() });
export type Quantile = v.InferOutput<typeof Quantile>;

export const DensityAnswer = v.looseObject({
  ...basis,
  points: v.array(v.looseObject({ price: v.number(), density: v.number(), vol: v.number(), below: v.number(), extrapolated: v.boolean() })),
  quantiles: v.array(Quantile),
});
export type DensityAnswer = v.InferOutput<typeof DensityAnswer>;

export const Side = v.looseObject({ side: v.string(), mass: v.number(), mean_price: figure, extrapolated: v.boolean(), quantiles: v.array(Quantile) });
export type Side = v.InferOutput<typeof Side>;

export const Conditional = v.looseObject({
  ...basis,
  band_low: figure,
  band_high: figure,
  sides: v.array(Side),
  magnet_repeller: v.looseObject({ state: v.string(), reason: text, as_of: text, magnet: figure, repeller: figure, sides: v.array(Side) }),
});
export type Conditional = v.InferOutput<typeof Conditional>;

export const TouchAnswer = v.looseObject({
  ...basis,
  levels: v.array(
    v.looseObject({ level: v.number(), move_pct: v.number(), vol: v.number(), touch_probability: v.number(), finish_beyond_probability: v.number(), extrapolated: v.boolean() }),
  ),
});
export type TouchAnswer = v.InferOutput<typeof TouchAnswer>;

export const Candidate = v.looseObject({
  structure: v.string(),
  target_delta: v.number(),
  legs: v.array(v.string()),
  premium_yield_pct: figure,
  probability_in_the_money: figure,
  probability_touch: figure,
  expected_value_usd: figure,
  quote_quality: v.string(),
  extrapolated: v.boolean(),
});
export type Candidate = v.InferOutput<typeof Candidate>;
export const Candidates = v.looseObject({
  state: v.string(),
  reason: text,
  chain_source: text,
  chain_timestamp: text,
  expiration: text,
  expected_value_measure: text,
  candidates: v.array(Candidate),
});
export type Candidates = v.InferOutput<typeof Candidates>;
