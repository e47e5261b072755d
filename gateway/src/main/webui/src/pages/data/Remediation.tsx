import type { Event } from "../../api/schema/snapshots";
import { DASH, time, words } from "../../format";
import { DataGrid, type GridColumn } from "../../ui/DataGrid";
import { State } from "../../ui/State";

const COLUMNS: GridColumn<Event>[] = [
  { key: "at", head: "When", kind: "time", width: 142, cell: (e) => time(e.at) },
  { key: "who", head: "Who", kind: "text", width: 120, facet: true },
  { key: "kind", head: "What", kind: "text", width: 112, facet: true, text: words, cell: (e) => words(e.kind) },
  { key: "snapshot_type", head: "Type", kind: "text", width: 84, facet: true, text: words, cell: (e) => words(e.snapshot_type) },
  { key: "currency", head: "Currency", kind: "text", width: 72, facet: true },
  { key: "snapshot_date", head: "Date", kind: "text", width: 88 },
  { key: "rows_before", head: "Before", kind: "number", width: 62 },
  { key: "rows_after", head: "After", kind: "number", width: 62 },
  { key: "status", head: "Status", kind: "text", width: 90, facet: true, cell: (e) => <State value={e.status} /> },
  { key: "reason", head: "Reason", kind: "text", width: 110, cell: (e) => e.reason ?? DASH },
  { key: "detail", head: "Detail", kind: "text", width: 110, cell: (e) => e.detail ?? DASH },
];

/** Who captured or re-ran what by hand, with the rows before and after. */
export function Remediation(props: { events: Event[] }) {
  return <DataGrid label="remediation events" columns={COLUMNS} rows={props.events} rowKey={(e) => String(e.id)} height={320} />;
}
