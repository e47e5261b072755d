import type { InferOutput } from "valibot";
import type { SpotVol } from "../../api/schema/market";
import { number, words } from "../../format";
import { Table } from "../../ui/Table";
import { stands } from "./sample";

export function SpotVolTable(props: { answer: InferOutput<typeof SpotVol> }) {
  return (
    <Table
      label="spot and vol by window"
      rows={props.answer.windows}
      rowKey={(w) => w.days}
      dim={(w) => w.state !== "ok"}
      columns={[
        { head: "Window", cell: (w) => `${w.days} d` },
        { head: "Beta", set: "n", cell: (w) => number(w.beta) },
        { head: "Correlation", set: "n", cell: (w) => number(w.correlation) },
        { head: "R²", set: "n", cell: (w) => number(w.r_squared) },
        { head: "n", set: "wrap", cell: (w) => (w.reason ? `${stands(w.sample)}: ${words(w.reason)}` : stands(w.sample)) },
      ]}
    />
  );
}
