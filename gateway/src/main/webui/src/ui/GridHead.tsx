import type { Table } from "@tanstack/react-table";
import { cellClass, type GridColumn } from "./DataGrid";

const ARROW = { asc: "↑", desc: "↓" };
const SAID = { asc: "ascending", desc: "descending" } as const;

/** The heads of a grid's columns; each sorts by its column, with Shift after those before. */
export function GridHead<T>(props: { columns: GridColumn<T>[]; places: Record<string, number>; table: Table<T> }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {props.columns.map((c) => {
          const column = props.table.getColumn(c.key);
          const sorted = column?.getIsSorted() || null;
          return (
            <th key={c.key} scope="col" className={cellClass(c)} style={c.pinned ? { left: props.places[c.key] } : undefined} aria-sort={sorted ? SAID[sorted] : undefined}>
              <button type="button" onClick={column?.getToggleSortingHandler()}>
                {c.head} {sorted && ARROW[sorted]}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
