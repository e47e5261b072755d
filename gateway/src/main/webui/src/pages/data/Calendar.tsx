import { memo } from "react";
import type { Cell } from "../../api/schema/snapshots";
import { count, words } from "../../format";
import type { Plan } from "./Backfill";

/** What can be captured for a past date; open interest cannot. */
export const REBUILT = ["iv_surface", "vol_metrics", "spot", "gex"];
const LETTER: Record<string, string> = { missing: "", failed: "!", doubtful: "?", ok: "" };

type Shade = "ok" | "missing" | "failed" | "doubtful";

const shadeOf = (cell: Cell | undefined): Shade => {
  if (!cell || cell.status === "missing") return "missing";
  if (cell.status === "ok") return "ok";
  return ["failed", "no_payload", "error"].includes(cell.status) ? "failed" : "doubtful";
};

const said = (name: string, day: string, cell: Cell | undefined) =>
  `${words(name)}, ${day}: ${words(cell?.status)}${cell && cell.record_count !== null ? `, ${count(cell.record_count)} records, ${count(cell.suspicious_count)} suspicious` : ""}`;

/** Type and currency by UTC day: one square each. A day without data, or its row's button, plans a backfill. */
export function Calendar(props: { cells: Cell[]; plan: Plan; setPlan: (plan: Plan) => void }) {
  const { plan, setPlan } = props;
  const days = [...new Set(props.cells.map((of) => of.date))].sort();
  const names = [...new Set(props.cells.map((of) => `${of.type} ${of.currency}`))];
  const at = new Map(props.cells.map((of) => [`${of.type} ${of.currency} ${of.date}`, of]));
  const pick = (name: string, day: string, extend: boolean) => {
    const [type, currency] = name.split(" ");
    const ends = extend && plan.from ? [plan.from, plan.to, day].sort() : [day, day];
    setPlan({ from: ends[0], to: ends[ends.length - 1], types: [type], currencies: [currency] });
  };
  const planRow = (name: string, missing: string[]) => {
    const [type, currency] = name.split(" ");
    setPlan({ from: missing[0], to: missing[missing.length - 1], types: [type], currencies: [currency] });
  };
  return (
    <>
      <p>
        <small>
          {days[0]} to {days.at(-1)}, UTC. Green: ok; hatched: nothing there; amber with “?”: suspicious or stale; red with “!”: failed.
        </small>
      </p>
      <div className="calendar">
        {names.map((name) => {
          const [type] = name.split(" ");
          const missing = days.filter((day) => shadeOf(at.get(`${name} ${day}`)) !== "ok");
          const can = REBUILT.includes(type) && missing.length > 0;
          return (
            <Row key={name} name={name}>
              <div className="days">
                {days.map((day) => {
                  const cell = at.get(`${name} ${day}`);
                  const shade = shadeOf(cell);
                  const chosen = plan.from !== "" && plan.types.includes(type) && plan.currencies.includes(name.split(" ")[1]) && day >= plan.from && day <= plan.to;
                  const common = { "data-state": shade, "data-chosen": chosen || undefined, "data-why": said(name, day, cell) };
                  return shade === "ok" || !REBUILT.includes(type) ? (
                    <span key={day} {...common} />
                  ) : (
                    <button key={day} type="button" tabIndex={-1} aria-label={said(name, day, cell)} {...common} onClick={(e) => pick(name, day, e.shiftKey)}>
                      {LETTER[shade]}
                    </button>
                  );
                })}
              </div>
              <button type="button" disabled={!can} onClick={() => planRow(name, missing)} aria-label={`plan what ${words(name)} lacks: ${missing.length} days`}>
                {missing.length === 0 ? "complete" : `${days.length - missing.length} of ${days.length}`}
              </button>
            </Row>
          );
        })}
      </div>
    </>
  );
}

const Row = memo(function Row(props: { name: string; children: React.ReactNode }) {
  return (
    <>
      <span>{words(props.name)}</span>
      <div className="calendar-row">{props.children}</div>
    </>
  );
});
