import * as v from "valibot";
import { counts, figure, text } from "./common";

const LeftOut = v.array(v.looseObject({ state: v.string(), reason: text, executions: v.number() }));

export const Average = v.looseObject({ mean: figure, total: figure, n: v.number(), left_out: v.number(), left_out_by: LeftOut });
export type Average = v.InferOutput<typeof Average>;

const interval = v.nullable(v.tuple([v.number(), v.number()]));

export const Measure = v.looseObject({
  weighted_mean: figure,
  median: figure,
  trimmed_mean: figure,
  interval,
  interval_reason: text,
  independent_n: v.number(),
  total: figure,
  n: v.number(),
  left_out: v.number(),
  left_out_by: LeftOut,
});
export type Measure = v.InferOutput<typeof Measure>;

export const MarkOut = v.looseObject({
  horizon_days: v.number(),
  pnl_usd: Average,
  interval,
  interval_reason: text,
  independent_n: v.number(),
  hit_rate: figure,
  pending: v.number(),
  stale: v.number(),
  rolled: v.number(),
  estimated: v.number(),
});
export type MarkOut = v.InferOutput<typeof MarkOut>;

export const Slice = v.looseObject({
  dimension: v.string(),
  key: v.string(),
  trades: v.number(),
  execution_quality: v.looseObject({ slippage_bps: Measure, slippage_usd: Measure, slippage_vol_points: Measure, effective_spread: Measure, fees_usd: Average }),
  outcomes: v.array(MarkOut),
  alignment: v.looseObject({ labels: counts, score: Average, direction_assumed: v.number() }),
});
export type Slice = v.InferOutput<typeof Slice>;

export const Missing = v.looseObject({ input: v.string(), horizon_days: figure, state: v.string(), reason: text, executions: v.number() });

export const Performance = v.looseObject({
  as_of: v.string(),
  portfolios: v.array(v.string()),
  overall: Slice,
  slices: v.array(Slice),
  missing_inputs: v.array(Missing),
});
export type Performance = v.InferOutput<typeof Performance>;

export const EnrichmentStatus = v.looseObject({
  quality: counts,
  freshness: v.looseObject({ last_successful_sync_at: text, last_error: text }),
  projection: v.looseObject({ caught_up_at: text, lag_seconds: figure }),
  last_runs: v.array(v.looseObject({ id: v.number(), kind: v.string(), status: v.string(), started_at: v.string(), requested_by: text })),
});
export type EnrichmentStatus = v.InferOutput<typeof EnrichmentStatus>;

export const Enriched = v.looseObject({
  status: v.string(),
  dry_run: v.boolean(),
  rows_processed: v.number(),
  steps: v.array(v.looseObject({ name: v.string(), status: v.string(), rows_processed: v.number(), rows_written: v.number(), reason: v.nullish(v.string()) })),
  errors: v.array(v.looseObject({ step: v.string(), reason: v.string() })),
});

export const Marked = v.looseObject({
  status: v.string(),
  dry_run: v.boolean(),
  executions: v.number(),
  rows_written: v.number(),
  horizons: v.array(v.looseObject({ horizon_days: v.number(), states: counts, reasons: counts })),
  errors: v.array(v.string()),
});
