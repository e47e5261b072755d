import * as v from "valibot";
import { figure, text } from "./common";

const Context = v.looseObject({
  state: v.string(),
  reason: text,
  currency: text,
  market_at: text,
  lag_seconds: figure,
  after_trade: v.nullable(v.boolean()),
  authority: text,
  spot: figure,
  atm_iv_30: figure,
  rv_30: figure,
  vrp: figure,
  risk_reversal_25: figure,
  dvol: figure,
  net_gex: figure,
  regime: text,
  flip_distance: figure,
});

const Benchmark = v.looseObject({
  state: v.string(),
  reason: text,
  model_reason: text,
  mark_source: text,
  market_at: text,
  bid: figure,
  ask: figure,
  arrival_mid: figure,
  effective_spread: figure,
  slippage_per_share: figure,
  slippage_usd: figure,
  slippage_bps: figure,
  slippage_vol_points: figure,
  vol_reason: text,
  underlying_price: figure,
  traded_iv: figure,
  authority: text,
});

const Mark = v.looseObject({
  horizon_days: v.number(),
  state: v.string(),
  reason: text,
  target_at: text,
  target_rolled: v.nullable(v.boolean()),
  mark_at: text,
  mark: figure,
  mark_source: text,
  mark_quality: text,
  provisional: v.boolean(),
  authority: text,
  pnl_usd: figure,
});

export const Raw = v.looseObject({ id: v.number(), endpoint: v.nullish(v.string()), sha256: v.string() });
export type Raw = v.InferOutput<typeof Raw>;
const RawOfTable = v.looseObject({ table: v.string(), rows: v.number(), raw: v.array(Raw) });

export const Story = v.looseObject({
  execution: v.looseObject({
    source_trade_id: v.string(),
    portfolio: v.string(),
    symbol: v.string(),
    side: v.number(),
    quantity: v.number(),
    price: v.number(),
    currency: v.string(),
    multiplier: v.number(),
    fees_usd: figure,
    executed_at: text,
  }),
  market_context: v.nullable(Context),
  execution_benchmark: v.nullable(Benchmark),
  outcome_marks: v.array(Mark),
  alignment: v.looseObject({
    score: figure,
    label: v.string(),
    reason: text,
    direction: text,
    direction_assumed: v.boolean(),
    observed_signals: v.number(),
    expected_signals: v.number(),
    confidence: figure,
    signals: v.array(v.looseObject({ signal: v.string(), value: figure, points: figure, reason: text })),
  }),
  missing_inputs: v.array(v.looseObject({ input: v.string(), horizon_days: figure, state: v.string(), reason: text })),
  lineage: v.array(
    v.looseObject({ table: v.string(), row: v.union([v.string(), v.number()]), formula: v.string(), source: text, raw: v.nullable(v.union([v.array(RawOfTable), Raw])), reason: text }),
  ),
});
export type Story = v.InferOutput<typeof Story>;
