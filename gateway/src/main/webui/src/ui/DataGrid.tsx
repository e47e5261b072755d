import { type ColumnDef, getCoreRowModel, getFilteredRowModel, getSortedRowModel, type Row, type SortingState, useReactTable, type VisibilityState } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { saveAs } from "../api/client";
import { csv } from "./chartParts";
import { GridHead } from "./GridHead";
import { GridMenu } from "./GridMenu";
import { openable } from "./openable";
import { sortable } from "./sorting";

export interface GridColumn<T> {
  key: keyof T & string;
  head: string;
  kind: "text" | "number" | "time";
  width: number;
  cell?: (row: T) => ReactNode;
  /** Stays at the left while the rest scrolls. */
  pinned?: boolean;
  /** Its values are offered as filters. */
  facet?: boolean;
  /** Hidden until the reader asks for it. */
  hidden?: boolean;
  /** What its values are called in filters. */
  text?: (value: string) => string;
}

const ROW = 26;

interface Props<T> {
  label: string;
  columns: GridColumn<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  height?: number;
  sort?: SortingState;
  onSort?: (sort: SortingState) => void;
  open?: (row: T) => void;
  actions?: ReactNode;
}

/** A long table: sorts (more than one column with Shift), pins, filters by its own values, hides columns, saves as CSV; draws only the rows in sight. */
export function DataGrid<T extends object>(props: Props<T>) {
  const [ownSort, setOwnSort] = useState<SortingState>([]);
  const [hidden, setHidden] = useState<VisibilityState>(() => Object.fromEntries(props.columns.filter((c) => c.hidden).map((c) => [c.key, false])));
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const sorting = props.sort ?? ownSort;
  const { columns } = props;
  const defs = useMemo(() => columns.map(defined<T>), [columns]);
  const columnFilters = useMemo(() => Object.entries(chosen).flatMap(([id, value]) => (value.length ? [{ id, value }] : [])), [chosen]);
  const table = useReactTable({
    data: props.rows,
    columns: defs,
    state: { sorting, columnVisibility: hidden, columnFilters },
    // there are no pages to go back to the first of
    autoResetAll: false,
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      (props.onSort ?? setOwnSort)(next);
    },
    onColumnVisibilityChange: setHidden,
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getRowId: props.rowKey,
  });
  const shown = columns.filter((c) => hidden[c.key] !== false);
  const places = lefts(shown);
  const rows = table.getRowModel().rows;
  const save = () => {
    const of = shown.map((c) => c.key);
    const body = rows.map((row) => of.map((key) => plain(row.original[key])));
    saveAs(new Blob([csv({ columns: of, rows: body })], { type: "text/csv" }), `${props.label}.csv`);
  };
  return (
    <div className="grid">
      <GridMenu columns={columns} rows={props.rows} hidden={hidden} setHidden={setHidden} chosen={chosen} setChosen={setChosen} count={rows.length} save={save} actions={props.actions} />
      <Body label={props.label} rows={rows} columns={shown} places={places} height={props.height} open={props.open} head={<GridHead columns={shown} places={places} table={table} />} />
    </div>
  );
}

function Body<T extends object>(props: { label: string; rows: Row<T>[]; columns: GridColumn<T>[]; places: Record<string, number>; height?: number; open?: (row: T) => void; head: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: props.rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 16, initialRect: { width: 1000, height: 600 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = props.columns.reduce((sum, c) => sum + c.width, 0);
  const { open } = props;
  return (
    <div className="scroll rows" ref={box} tabIndex={0} role="group" aria-label={props.label} style={{ maxHeight: props.height ?? 560 }}>
      <table style={{ minWidth: width }} aria-rowcount={props.rows.length + 1}>
        <colgroup>
          {props.columns.map((c) => (
            <col key={c.key} style={{ width: c.width }} />
          ))}
        </colgroup>
        {props.head}
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {items.map(({ index }) => {
            const row = props.rows[index];
            return (
              <tr
                key={row.id}
                aria-rowindex={index + 2}
                {...openable(open && (() => open(row.original)))}
              >
                {props.columns.map((c) => (
                  <td key={c.key} className={cellClass(c)} style={c.pinned ? { left: props.places[c.key] } : undefined}>
                    {c.cell ? c.cell(row.original) : plain(row.original[c.key])}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

export const cellClass = <T,>(column: GridColumn<T>) => [column.kind === "number" ? "n" : "", column.pinned ? "pinned" : ""].filter(Boolean).join(" ") || undefined;

function defined<T extends object>(column: GridColumn<T>): ColumnDef<T> {
  return {
    ...sortable<T>(column.key, column.kind),
    header: column.head,
    sortDescFirst: column.kind !== "text",
    filterFn: (row, id, wanted: string[]) => wanted.includes(String(row.getValue(id) ?? "")),
  };
}

/** How far from the left each pinned column stands. */
function lefts<T>(columns: GridColumn<T>[]): Record<string, number> {
  let at = 0;
  const places: Record<string, number> = {};
  for (const column of columns) {
    if (!column.pinned) continue;
    places[column.key] = at;
    at += column.width;
  }
  return places;
}

const plain = (value: unknown): string | number | null => (value === null || value === undefined ? null : typeof value === "number" ? value : String(value));
