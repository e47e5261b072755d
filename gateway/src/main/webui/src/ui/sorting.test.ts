import { type ColumnDef, createTable, getCoreRowModel, getSortedRowModel } from "@tanstack/react-table";
import { describe, expect, it } from "vitest";
import { sortable } from "./sorting";

interface Row {
  fees: number | null;
  at: string | null;
  id: string;
}

const COLUMNS: ColumnDef<Row>[] = [
  { ...sortable<Row>("fees", "number"), header: "Fees" },
  { ...sortable<Row>("at", "time"), header: "At" },
  { ...sortable<Row>("id", "text"), header: "Id" },
];

function sorted(rows: Partial<Row>[], column: keyof Row, desc: boolean) {
  const table = createTable<Row>({
    data: rows as Row[],
    columns: COLUMNS,
    state: { sorting: [{ id: column, desc }], columnPinning: {} },
    onStateChange: () => undefined,
    renderFallbackValue: null,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return table.getSortedRowModel().rows.map((r) => r.original[column] ?? null);
}

describe("a sorted column", () => {
  const fees = [null, 5, 0, null, 65, Number.NaN, 0.5].map((f) => ({ fees: f }));
  it("has unknown numbers last in both directions, and not among the zeros", () => {
    expect(sorted(fees, "fees", false).slice(0, 4)).toEqual([0, 0.5, 5, 65]);
    expect(sorted(fees, "fees", true).slice(0, 4)).toEqual([65, 5, 0.5, 0]);
  });

  it("has unknown times last in both directions", () => {
    const at = ["2026-11-21T15:00:00Z", null, "2026-11-18T15:00:00Z", "nonsense", "2026-11-20T15:00:00.5Z", "2026-11-20T15:00:00Z"].map((a) => ({ at: a }));
    const ascending = ["2026-11-18T15:00:00Z", "2026-11-20T15:00:00Z", "2026-11-20T15:00:00.5Z", "2026-11-21T15:00:00Z"];
    expect(sorted(at, "at", false).slice(0, 4)).toEqual(ascending);
    expect(sorted(at, "at", true).slice(0, 4)).toEqual(ascending.reverse());
  });

  it("takes the numbers in texts as numbers", () => {
    expect(sorted(["T-10", "T-9", "T-1"].map((id) => ({ id })), "id", false)).toEqual(["T-1", "T-9", "T-10"]);
  });
});
