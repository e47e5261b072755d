import type { Measure } from "../../api/schema/performance";
import { DASH, usd, words } from "../../format";
import { Why } from "../../ui/Tip";

/** A 95 % interval, or why there is none. */
export function Interval(props: { of: Pick<Measure, "interval" | "interval_reason">; text?: (v: number | null) => string }) {
  const { interval, interval_reason } = props.of;
  const text = props.text ?? usd;
  if (!interval) return <Why text={words(interval_reason)}>{DASH}</Why>;
  return `${text(interval[0])} to ${text(interval[1])}`;
}
