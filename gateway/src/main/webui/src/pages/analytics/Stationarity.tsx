import type { InferOutput } from "valibot";
import type { Regime } from "../../api/schema/market";
import { number, time, words } from "../../format";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";
import { stands } from "./sample";

type Series = InferOutput<typeof Regime>["series"][number];

export function Stationarity(props: { answer: InferOutput<typeof Regime> }) {
  return (
    <Table
      label="stationarity of the series"
      rows={props.answer.series}
      rowKey={(s) => s.series}
      dim={(s) => s.state !== "ok"}
      columns={[
        { head: "Series", set: "wrap", cell: (s) => words(s.series) },
        { head: "Verdict", set: "wrap", cell: (s) => words(s.verdict ?? s.reason) },
        { head: "ADF (5 %)", set: "n", cell: (s) => <Statistic series={s} test="adf" /> },
        { head: "KPSS (5 %)", set: "n", cell: (s) => <Statistic series={s} test="kpss" /> },
        { head: "Unbroken hours", set: "wrap", cell: (s) => <Why text={`${time(s.from)} to ${time(s.to)}`}>{stands(s.sample)}</Why> },
      ]}
    />
  );
}

function Statistic(props: { series: Series; test: string }) {
  const of = props.series.tests.find((x) => x.test === props.test);
  return (
    <Why text={words(of?.verdict ?? of?.reason ?? props.series.reason)}>
      {number(of?.statistic)} ({number(of?.critical[1])})
    </Why>
  );
}
