import * as v from "valibot";

export const text = v.nullable(v.string());
/** A finite number or nothing: JSON has no other. */
export const figure = v.nullable(v.number());
/** A field that an older or a leaner answer may leave out. */
export const optional = <S extends v.GenericSchema>(schema: S) => v.optional(schema);
export const counts = v.record(v.string(), v.number());

/** A number or a reason, as every service shows it. `last_value` is of a stale figure: shown as what it is, never calculated with. */
export const Fig = v.looseObject({
  value: figure,
  state: v.string(),
  reason: v.nullish(v.string()),
  as_of: v.nullish(v.string()),
  last_value: v.nullish(v.number()),
});
export type Fig = v.InferOutput<typeof Fig>;

/** What an answer says of itself. */
export const aged = { state: v.string(), reason: text, as_of: text };

export const list = <S extends v.GenericSchema>(item: S) => v.looseObject({ items: v.array(item), next_cursor: v.nullish(v.string()) });
