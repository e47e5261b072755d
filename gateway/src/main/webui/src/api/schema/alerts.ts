import * as v from "valibot";
import { list, text } from "./common";

const SignalAnswer = v.looseObject({
  id: v.number(),
  kind: v.string(),
  currency: text,
  severity: v.string(),
  text: v.string(),
  fingerprint: v.string(),
  fired_at: v.nullish(v.string()),
  raised_at: v.nullish(v.string()),
  resolved_at: v.nullish(v.string()),
});

/** A signal as the pages use it: since when it fires stands under one name. */
export const Signal = v.pipe(
  SignalAnswer,
  v.transform((of) => ({ ...of, since: of.fired_at ?? of.raised_at ?? null })),
);
export type Signal = v.InferOutput<typeof Signal>;
export const Signals = v.looseObject({ items: v.array(Signal), recently_resolved: v.nullish(v.array(Signal)) });

export const Dispatched = v.looseObject({
  dry_run: v.boolean(),
  /** The dry run that a dispatch may be bound to. */
  dry_run_id: v.nullish(v.number()),
  status: v.string(),
  error: text,
  results: v.array(v.looseObject({ signal_id: v.number(), fingerprint: v.string(), status: v.string(), reason: text })),
  message: v.nullish(v.looseObject({ text: v.nullish(v.string()), blocks: v.nullish(v.array(v.unknown())) })),
});
export type Dispatched = v.InferOutput<typeof Dispatched>;

export const Dispatches = list(
  v.looseObject({ id: v.number(), status: v.string(), error: text, note: text, requested_by: text, created_at: text, finished_at: text }),
);

export const Silence = v.looseObject({ id: v.number(), kind: v.string(), currency: text, author: text, reason: text, until: v.string() });
export const Silences = list(Silence);
