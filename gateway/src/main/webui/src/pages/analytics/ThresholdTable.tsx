import type { InferOutput } from "valibot";
import type { Metric, Thresholds } from "../../api/schema/market";
import { number, percent, points, usd, words } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";
import { stands } from "./sample";

const LINEAGE: Record<string, string> = { net_gex: "net_gex", dvol: "dvol", vrp: "vrp", iv_rv_gap: "vrp", variance_premium: "variance_premium" };

const written = (metric: string, value: number) => {
  if (metric === "net_gex") return usd(value);
  if (metric === "variance_premium") return number(value, 4);
  return metric === "dvol" ? percent(value) : points(value);
};

/** Each metric's now among its trailing window; too few observations give a reason and no rank. */
export function ThresholdTable(props: { answer: InferOutput<typeof Thresholds>; currency: string }) {
  return (
    <Table
      label="thresholds"
      rows={props.answer.metrics}
      rowKey={(m) => m.metric}
      dim={(m) => m.state !== "ok"}
      columns={[
        { head: "Metric", cell: (m) => words(m.metric) },
        {
          head: "Now",
          set: "n",
          cell: (m) => <Num label={`${words(m.metric)} now`} text={(v) => written(m.metric, v)} figure={m.now} source="daily" lineage={LINEAGE[m.metric] ? { number: LINEAGE[m.metric], currency: props.currency } : undefined} />,
        },
        { head: "Percentile", set: "n", cell: (m) => (m.rank === null ? <Why text={words(m.reason)}>—</Why> : percent(m.rank, 0)) },
        { head: "5 % … 95 %", set: "wrap", cell: (m) => <Range metric={m} /> },
        { head: "n", set: "wrap", cell: (m) => stands(m.sample) },
      ]}
    />
  );
}

function Range(props: { metric: Metric }) {
  const { metric: m } = props;
  if (m.percentiles.length < 5) return <small>{words(m.reason)}</small>;
  const [low, , , , high] = m.percentiles;
  const at = (value: number) => `${Math.max(0, Math.min(100, (100 * (value - low)) / (high - low || 1)))}%`;
  return (
    <>
      <span className="bullet" role="img" aria-label={`between ${written(m.metric, low)} and ${written(m.metric, high)}`}>
        <i style={{ left: at(m.percentiles[1]), right: `calc(100% - ${at(m.percentiles[3])})` }} />
        {m.now.value !== null && <b style={{ left: at(m.now.value) }} />}
      </span>{" "}
      <small>
        {written(m.metric, low)} … {written(m.metric, high)}
      </small>
    </>
  );
}
