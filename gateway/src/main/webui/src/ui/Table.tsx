import type { ReactNode } from "react";
import { openable } from "./openable";

export interface Column<T> {
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** How its cells are set: numbers to the right, long texts over several lines. */
  set?: "n" | "wrap";
}

/** A plain table of a few rows that are all shown. */
export function Table<T>(props: { label: string; columns: Column<T>[]; rows: readonly T[]; rowKey: (row: T) => string | number; dim?: (row: T) => boolean; open?: (row: T) => void }) {
  const { open } = props;
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={props.label}>
      <table>
        <thead>
          <tr>
            {props.columns.map((column, i) => (
              <th key={i} scope="col" className={column.set}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} className={props.dim?.(row) ? "dim" : undefined} {...openable(open && (() => open(row)))}>
              {props.columns.map((column, i) => (
                <td key={i} className={column.set}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
