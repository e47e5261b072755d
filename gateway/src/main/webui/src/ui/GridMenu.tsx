import * as Popover from "@radix-ui/react-popover";
import type { VisibilityState } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { count as written } from "../format";
import type { GridColumn } from "./DataGrid";

interface Props<T> {
  columns: GridColumn<T>[];
  rows: T[];
  hidden: VisibilityState;
  setHidden: (hidden: VisibilityState) => void;
  chosen: Record<string, string[]>;
  setChosen: (chosen: Record<string, string[]>) => void;
  count: number;
  save: () => void;
  actions?: ReactNode;
}

/** What stands over a grid: filters by the values there are, which columns are shown, and how many rows are left. */
export function GridMenu<T>(props: Props<T>) {
  const filtered = props.count !== props.rows.length;
  return (
    <div className="row tight" role="group" aria-label="table">
      {props.columns
        .filter((c) => c.facet)
        .map((c) => (
          <Facet key={c.key} column={c} rows={props.rows} chosen={props.chosen[c.key] ?? []} set={(of) => props.setChosen({ ...props.chosen, [c.key]: of })} />
        ))}
      {filtered && (
        <>
          <small>
            {written(props.count)} of {written(props.rows.length)} rows
          </small>
          <button type="button" onClick={() => props.setChosen({})}>
            All rows
          </button>
        </>
      )}
      <span className="push" />
      {props.actions}
      <Popover.Root>
        <Popover.Trigger>Columns</Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="pop" align="end">
            {props.columns.map((c) => (
              <label key={c.key}>
                <input type="checkbox" checked={props.hidden[c.key] !== false} onChange={(e) => props.setHidden({ ...props.hidden, [c.key]: e.target.checked })} /> {c.head}
              </label>
            ))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <button type="button" onClick={props.save}>
        Save what is shown
      </button>
    </div>
  );
}

function Facet<T>(props: { column: GridColumn<T>; rows: T[]; chosen: string[]; set: (chosen: string[]) => void }) {
  const { column, chosen } = props;
  const counts = new Map<string, number>();
  for (const row of props.rows) {
    const value = String(row[column.key] ?? "");
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const said = (value: string) => (value ? (column.text?.(value) ?? value) : "none");
  return (
    <Popover.Root>
      <Popover.Trigger className={chosen.length ? "chip on" : "chip"}>
        {column.head}
        {chosen.length > 0 && `: ${chosen.map(said).join(", ")}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="pop" align="start">
          {[...counts.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([value, n]) => (
            <label key={value}>
              <input type="checkbox" checked={chosen.includes(value)} onChange={(e) => props.set(e.target.checked ? [...chosen, value] : chosen.filter((of) => of !== value))} /> {said(value)} <small>{n}</small>
            </label>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
