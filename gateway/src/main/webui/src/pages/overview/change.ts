import type { Fig } from "../../api/schema/common";
import type { GexPoint } from "../../api/schema/market";

const DAY = 86_400_000;

/** Stored spot of the latest hour against the hour exactly a day before, as a fraction; without either hour, its reason. */
export function change24h(points: readonly GexPoint[]): Fig {
  const last = points.at(-1);
  if (!last || last.spot === null) return { value: null, state: "missing", reason: "no stored spot" };
  const before = points.find((point) => Date.parse(point.at) === Date.parse(last.at) - DAY);
  if (!before?.spot) return { value: null, state: "missing", reason: "no stored hour 24 h before the latest", as_of: last.at };
  return { value: last.spot / before.spot - 1, state: "ok", as_of: last.at };
}

export const hourly = (points: readonly GexPoint[]): (readonly [number, number])[] => points.flatMap((p) => (p.spot === null ? [] : [[Date.parse(p.at), p.spot] as const]));
