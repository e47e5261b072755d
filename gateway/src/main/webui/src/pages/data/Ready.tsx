import type { Ready as Item } from "../../api/schema/snapshots";
import { count, number, time, words } from "../../format";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";

const reasons = (i: Item) => [...new Set([i.reason, ...i.density_quality.reasons])].filter((t) => t !== null).map(words).join("; ");

/** Whether each currency's surface carries a density, and what its fit says of itself. */
export function Ready(props: { items: Item[] }) {
  return (
    <Table
      label="probability readiness"
      rows={props.items}
      rowKey={(i) => i.currency + i.dte}
      columns={[
        { head: "Of", cell: (i) => `${i.currency} ${i.dte} d` },
        {
          head: "State",
          set: "wrap",
          cell: (i) => (
            <>
              <State value={i.state} />{" "}
              <small>
                <Why text={`surface of ${time(i.density_quality.surface_timestamp)}; spot from ${words(i.density_quality.spot_source)}`}>surface</Why> {reasons(i)}
              </small>
            </>
          ),
        },
        { head: "Area", set: "n", cell: (i) => number(i.density_quality.area, 4) },
        { head: "Mean/F", set: "n", cell: (i) => number(i.density_quality.mean_over_forward, 4) },
        { head: "Points", set: "n", cell: (i) => count(i.density_quality.input_points) },
        { head: "RMSE, pts", set: "n", cell: (i) => number(i.density_quality.fit_rmse_vol_points) },
      ]}
    />
  );
}
