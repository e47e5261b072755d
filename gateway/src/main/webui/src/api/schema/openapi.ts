import * as v from "valibot";

const OperationOf = v.looseObject({
  summary: v.optional(v.string()),
  description: v.optional(v.string()),
  parameters: v.optional(v.array(v.looseObject({ name: v.optional(v.string()) }))),
});

/** As much of the API's document as a list of its routes needs. */
export const OpenApi = v.looseObject({ paths: v.record(v.string(), v.record(v.string(), v.nullish(OperationOf))) });
export type OpenApi = v.InferOutput<typeof OpenApi>;
