import * as v from "valibot";
import { counts, figure, list, text } from "./common";

export const Trade = v.looseObject({
  source_trade_id: v.string(),
  portfolio: v.string(),
  status: v.string(),
  recon_status: v.string(),
  symbol: v.string(),
  underlying: v.nullish(v.string()),
  side: v.string(),
  quantity: v.number(),
  price: v.number(),
  currency: v.string(),
  multiplier: v.number(),
  premium_usd: figure,
  computed_premium_usd: figure,
  premium_disagrees: v.boolean(),
  identity: v.string(),
  identity_reason: text,
  retired_at: text,
  fees_usd: figure,
  executed_at: text,
});
export type Trade = v.InferOutput<typeof Trade>;
export const Trades = list(Trade);

export const Summary = v.looseObject({
  status: v.string(),
  rows_processed: v.number(),
  steps: v.array(v.looseObject({ name: v.string(), status: v.string(), rows_processed: v.number() })),
  errors: v.array(v.looseObject({ step: v.string(), reason: v.string() })),
});
export type Summary = v.InferOutput<typeof Summary>;

/** A portfolio's part of a run; what is of the full scope only is left out of an incremental one. */
export const Part = v.looseObject({
  portfolio: v.string(),
  state: v.string(),
  inserted: v.number(),
  updated: v.number(),
  unchanged: v.nullish(v.number()),
  source_row_count: v.nullish(v.number()),
  local_scope_row_count: v.nullish(v.number()),
  quantity_delta: figure,
  premium_delta_usd: figure,
  unmatched_source_count: v.nullish(v.number()),
  unmatched_local_count: v.nullish(v.number()),
  mismatched_count: v.nullish(v.number()),
  quarantined_count: v.nullish(v.number()),
});
export type Part = v.InferOutput<typeof Part>;

export const SyncException = v.looseObject({ name: v.string(), kind: v.string(), reason: v.string() });

export const Report = v.looseObject({
  run_id: v.number(),
  scope_key: v.string(),
  dry_run: v.boolean(),
  diagnostic_scope: v.string(),
  fetched: v.number(),
  normalized: v.number(),
  rejected: v.number(),
  inserted: v.number(),
  updated: v.number(),
  unchanged: v.number(),
  overlap_unchanged: v.number(),
  duplicates: v.nullish(v.number()),
  dismissed: v.nullish(v.number()),
  premium_delta_usd: figure,
  gross_premium_delta_usd: v.nullish(v.number()),
  quantity_delta: figure,
  source_row_count: v.nullish(v.number()),
  local_scope_row_count: v.nullish(v.number()),
  source_total_quantity: v.nullish(v.number()),
  local_total_quantity: v.nullish(v.number()),
  source_total_premium_usd: v.nullish(v.number()),
  local_total_premium_usd: v.nullish(v.number()),
  quarantined_count: v.nullish(v.number()),
  unmatched_source_trade_ids: v.nullish(v.array(v.string())),
  unmatched_local_trade_ids: v.nullish(v.array(v.string())),
  mismatched_trades: v.nullish(v.array(v.looseObject({ trade_id: v.string(), field: v.string(), source_value: text, local_value: text }))),
  premium_disagrees: v.nullish(v.array(v.looseObject({ trade_id: v.string(), source_premium_usd: figure, computed_premium_usd: figure }))),
  from_future: v.number(),
  from_future_trade_ids: v.array(v.string()),
  portfolios: v.array(Part),
  exceptions: v.array(SyncException),
  clean: v.nullable(v.boolean()),
  finished_at: v.string(),
  analytics: v.nullish(v.looseObject({ status: v.string(), reason: v.nullish(v.string()), summary: v.nullish(Summary) })),
});
export type Report = v.InferOutput<typeof Report>;

export const Card = v.looseObject({
  portfolio_names: v.array(v.string()),
  include_pending: v.boolean(),
  configuration: v.looseObject({ state: v.string(), errors: v.array(v.string()), profile: text }),
  last_successful_sync_at: text,
  watermark: v.nullable(v.looseObject({ updated_at: v.string(), trade_id: v.string() })),
  last_error: text,
  owed_enrichment: v.looseObject({ count: v.number(), oldest: text, last_error: text }),
  open_rejected: v.number(),
  contract_identities: counts,
  alarms: v.array(v.looseObject({ kind: v.string(), severity: v.string(), text: v.string(), since: text, trade_ids: v.array(v.string()) })),
  last_analytics_summary: v.nullable(Summary),
});
export type Card = v.InferOutput<typeof Card>;

export const Rejected = v.looseObject({
  id: v.number(),
  source_trade_id: text,
  field: v.string(),
  reason: v.string(),
  raw: v.string(),
  page: figure,
  position: figure,
  first_seen_at: v.string(),
});
export type Rejected = v.InferOutput<typeof Rejected>;
export const RejectedRows = list(Rejected);

export const Break = v.looseObject({
  id: v.number(),
  kind: v.string(),
  trade_id: v.string(),
  portfolio: text,
  field: text,
  source_value: text,
  local_value: text,
  state: v.string(),
  age_days: v.number(),
  owner: text,
  reason_code: text,
});
export type Break = v.InferOutput<typeof Break>;

export const Desk = v.looseObject({
  latest: v.nullable(
    v.looseObject({ taken_at: v.string(), clean: v.boolean(), fields: v.array(v.looseObject({ field: v.string(), compared: v.number(), rate: figure })) }),
  ),
  items: v.array(Break),
  next_cursor: v.nullish(v.string()),
});

export const Contract = v.looseObject({
  root: v.string(),
  underlying: v.string(),
  multiplier: v.number(),
  kind: v.string(),
  flex_style: v.nullish(v.string()),
  identity: v.looseObject({ status: v.string(), reason: v.nullish(v.string()) }),
  executions: v.number(),
});
export type Contract = v.InferOutput<typeof Contract>;
export const Contracts = list(Contract);
export const Approved = v.looseObject({ run_id: v.number(), analytics: v.nullish(v.looseObject({ status: v.string() })) });

export const Runs = list(v.looseObject({ id: v.number(), kind: v.string(), status: v.string(), requested_by: text }));
