import * as v from "valibot";
import { counts, figure, list, text } from "./common";

export const Latest = v.looseObject({
  type: v.string(),
  currency: v.string(),
  status: v.string(),
  reason: text,
  snapshot_date: text,
  age_seconds: figure,
  warnings: text,
  record_count: figure,
  suspicious_count: figure,
  source_to: text,
  source_timestamps: figure,
  created_at: text,
  last_attempt: text,
});
export type Latest = v.InferOutput<typeof Latest>;
export const Status = v.looseObject({ latest_complete_date: v.string(), items: v.array(Latest) });

export const Cell = v.looseObject({ date: v.string(), type: v.string(), currency: v.string(), status: v.string(), record_count: figure, suspicious_count: figure });
export type Cell = v.InferOutput<typeof Cell>;
export const Coverage = v.looseObject({ latest_complete_date: v.string(), cells: v.array(Cell) });

const DensityQuality = v.looseObject({
  state: v.string(),
  area: figure,
  mean_over_forward: figure,
  input_points: figure,
  fit_rmse_vol_points: figure,
  surface_timestamp: text,
  spot_source: v.nullish(v.string()),
  reasons: v.array(v.string()),
});

export const Ready = v.looseObject({ currency: v.string(), dte: v.number(), state: v.string(), reason: text, age_seconds: figure, density_quality: DensityQuality });
export type Ready = v.InferOutput<typeof Ready>;
export const Readiness = v.looseObject({ items: v.array(Ready) });

export const Event = v.looseObject({
  id: v.number(),
  at: v.string(),
  who: v.string(),
  kind: v.string(),
  snapshot_type: text,
  currency: text,
  snapshot_date: text,
  rows_before: figure,
  rows_after: figure,
  status: v.string(),
  reason: text,
  detail: text,
});
export type Event = v.InferOutput<typeof Event>;
export const Events = list(Event);

export const Backfilled = v.looseObject({ dry_run: v.boolean(), tasks: v.number(), already_stored: figure, by_status: counts, failures: v.array(v.string()) });
