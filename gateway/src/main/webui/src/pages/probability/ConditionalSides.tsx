import type { Conditional, Side } from "../../api/schema/probability";
import { DASH, percent, time, usd, words } from "../../format";
import { Table } from "../../ui/Table";
import { marked } from "./marked";

/** The density on either side of the band, and of magnet and repeller where there are any. */
export function ConditionalSides(props: { answer: Conditional }) {
  const m = props.answer.magnet_repeller;
  return (
    <>
      <Sides label="given the side of the band" sides={props.answer.sides} />
      <p>
        Magnet {usd(m.magnet)}, repeller {usd(m.repeller)}: {m.as_of && `of ${time(m.as_of)}`} {m.state !== "ok" && words(m.reason)}
      </p>
      {m.sides.length > 0 && (
        <div className={m.state === "ok" ? undefined : "dim"}>
          <Sides label="given the side of magnet and repeller" sides={m.sides} />
        </div>
      )}
    </>
  );
}

function Sides(props: { label: string; sides: Side[] }) {
  return (
    <Table
      label={props.label}
      rows={props.sides}
      rowKey={(s) => s.side}
      columns={[
        { head: "Given", set: "wrap", cell: (s) => words(s.side) },
        { head: "Mass", set: "n", cell: (s) => marked(percent(s.mass), s.extrapolated) },
        { head: "Mean", set: "n", cell: (s) => usd(s.mean_price) },
        { head: "10 % · 50 % · 90 %", set: "wrap", cell: (s) => (s.quantiles.length ? s.quantiles.map((q) => marked(usd(q.price), q.extrapolated)).join(" · ") : DASH) },
      ]}
    />
  );
}
