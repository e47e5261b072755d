import type { TouchAnswer } from "../../api/schema/probability";
import { percent, signed, usd } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { marked } from "./marked";

/** Levels from the top, each with the probability of being touched and of ending beyond it. */
export function TouchLadder(props: { answer: TouchAnswer; currency: string }) {
  const levels = [...props.answer.levels].sort((a, b) => b.level - a.level);
  const asOf = props.answer.surface_timestamp;
  return (
    <Table
      label="touch probabilities"
      rows={levels}
      rowKey={(l) => l.level}
      columns={[
        { head: "Level", set: "n", cell: (l) => marked(usd(l.level), l.extrapolated) },
        { head: "Move", set: "n", cell: (l) => `${signed(l.move_pct, 0)} %` },
        { head: "Vol there", set: "n", cell: (l) => percent(l.vol) },
        {
          head: "Touch",
          set: "n",
          cell: (l) => <Num label={`touch of ${usd(l.level)}`} text={percent} figure={{ value: l.touch_probability, state: "ok", as_of: asOf }} lineage={{ number: "touch_probability", currency: props.currency }} />,
        },
        {
          head: "Finish beyond",
          set: "n",
          cell: (l) => <Num label={`finish beyond ${usd(l.level)}`} text={percent} figure={{ value: l.finish_beyond_probability, state: "ok", as_of: asOf }} lineage={{ number: "finish_beyond_probability", currency: props.currency }} />,
        },
      ]}
    />
  );
}
