import * as v from "valibot";
import { figure, list, text } from "./common";

export const Session = v.looseObject({ signed_in: v.boolean(), email: v.nullish(v.string()), csrf_token: v.nullish(v.string()), sign_in_offered: v.boolean() });
export type Session = v.InferOutput<typeof Session>;

/** Long work that its service does on its own; `done` and `total` count the step it is at. */
export const Job = v.looseObject({
  id: v.string(),
  kind: v.string(),
  status: v.picklist(["queued", "running", "done", "failed", "cancelled"]),
  step: v.nullish(v.string()),
  done: v.nullish(v.number()),
  total: v.nullish(v.number()),
  cancel_requested: v.boolean(),
  result: v.nullish(v.unknown()),
  problem: v.nullish(v.looseObject({ status: v.number(), detail: v.nullish(v.string()), trace_id: v.nullish(v.string()) })),
});
export type Job = v.InferOutput<typeof Job>;
export const Jobs = list(Job);

export const Deep = v.looseObject({
  status: v.string(),
  services: v.array(v.looseObject({ service: v.string(), status: v.string(), migration: text, reason: text })),
});

const RawRow = v.looseObject({ id: v.number(), sha256: v.string(), received_at: v.string() });

/** Where a number comes from: page, field, formula, and of a named currency the rows and their raw payloads. */
export const Lineage = v.looseObject({
  number: v.string(),
  page: v.string(),
  label: v.string(),
  endpoint: v.string(),
  field: v.string(),
  formula: v.string(),
  table: v.string(),
  source: v.string(),
  rows: v.nullish(v.array(v.looseObject({ table: v.string(), source_timestamp: v.string(), rows: v.number(), suspicious: v.number(), raw: v.array(RawRow) }))),
});
export type Lineage = v.InferOutput<typeof Lineage>;
export const LineageCatalogue = v.array(Lineage);

export const RawPayload = v.looseObject({ sha256: v.string(), received_at: v.string(), endpoint: v.string() });

export const Anything = v.unknown();
export const Count = figure;
