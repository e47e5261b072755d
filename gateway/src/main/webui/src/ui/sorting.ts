import type { ColumnDef, RowData, SortingFn } from "@tanstack/react-table";

/** How a column's values compare. */
const BY = {
  number: (a: number, b: number) => a - b,
  text: (a: string, b: string) => a.localeCompare(b, "en", { numeric: true }),
  time: (a: string, b: string) => Date.parse(a) - Date.parse(b),
};

/**
 * A sortable column of `key`: its own order, and what is unknown last whichever way it is sorted. A value that is no number or
 * no time counts as unknown.
 */
export function sortable<T extends RowData>(key: keyof T & string, kind: keyof typeof BY): Pick<ColumnDef<T>, "sortUndefined" | "sortingFn"> & { id: string; accessorFn: (row: T) => unknown } {
  const compare = BY[kind] as (a: unknown, b: unknown) => number;
  const sortingFn: SortingFn<T> = (a, b, column) => compare(a.getValue(column), b.getValue(column));
  return { id: key, accessorFn: (row) => knownOf(row[key], kind), sortUndefined: "last", sortingFn };
}

function knownOf(value: unknown, kind: keyof typeof BY): unknown {
  if (value === null || value === undefined) return undefined;
  if (kind === "number" && !Number.isFinite(value)) return undefined;
  if (kind === "time" && Number.isNaN(Date.parse(value as string))) return undefined;
  return value;
}
