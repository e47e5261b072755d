import type { Sample } from "../../api/schema/market";
import { count, percent } from "../../format";

/** On how much a figure stands. */
export const stands = (s: Sample) => `${count(s.n)} (${percent(s.coverage, 0)}, ${count(s.independent_n)} independent)`;
