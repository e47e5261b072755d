import type { Report } from "../../api/schema/trades";
import { count, DASH, number } from "../../format";
import { Table } from "../../ui/Table";

const MOST = 200;

/** Fields that differ between source and cache, and rows whose two premiums do. */
export function Mismatches(props: { report: Report }) {
  const fields = props.report.mismatched_trades ?? [];
  const premiums = props.report.premium_disagrees ?? [];
  return (
    <>
      {fields.length > 0 && (
        <details open>
          <summary>Mismatched fields ({count(fields.length)})</summary>
          <Table
            label="mismatched fields"
            rows={fields.slice(0, MOST)}
            rowKey={(m) => m.trade_id + m.field}
            columns={[
              { head: "Id", cell: (m) => m.trade_id },
              { head: "Field", cell: (m) => m.field },
              { head: "Source", set: "wrap", cell: (m) => m.source_value ?? DASH },
              { head: "Cached", set: "wrap", cell: (m) => m.local_value ?? DASH },
            ]}
          />
        </details>
      )}
      {premiums.length > 0 && (
        <details>
          <summary>Alpha's premium is used, and differs from quantity × price × multiplier ({count(premiums.length)})</summary>
          <Table
            label="premiums that disagree"
            rows={premiums.slice(0, MOST)}
            rowKey={(p) => p.trade_id}
            columns={[
              { head: "Id", cell: (p) => p.trade_id },
              { head: "Alpha, USD", set: "n", cell: (p) => number(p.source_premium_usd) },
              { head: "Computed, USD", set: "n", cell: (p) => number(p.computed_premium_usd) },
            ]}
          />
        </details>
      )}
    </>
  );
}
