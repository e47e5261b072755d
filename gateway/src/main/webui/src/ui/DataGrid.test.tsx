import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { DataGrid, type GridColumn } from "./DataGrid";

interface Row {
  id: string;
  side: string;
  fees: number | null;
}

const ROWS: Row[] = [
  { id: "A", side: "sell", fees: 2 },
  { id: "B", side: "buy", fees: null },
  { id: "C", side: "sell", fees: 10 },
];
const COLUMNS: GridColumn<Row>[] = [
  { key: "id", head: "Id", kind: "text", width: 80, pinned: true },
  { key: "side", head: "Side", kind: "text", width: 80, facet: true },
  { key: "fees", head: "Fees", kind: "number", width: 80 },
];

const ids = () => within(screen.getByRole("group", { name: "tried" })).getAllByRole("row").slice(1).map((row) => row.firstElementChild?.textContent);

describe("a grid", () => {
  it("sorts a column by its kind, what is unknown last either way", async () => {
    render(<DataGrid label="tried" columns={COLUMNS} rows={ROWS} rowKey={(r) => r.id} />);
    await userEvent.click(screen.getByRole("button", { name: "Fees" }));
    expect(ids()).toEqual(["C", "A", "B"]);
    expect(screen.getByRole("columnheader", { name: /Fees/ }).getAttribute("aria-sort")).toBe("descending");
    await userEvent.click(screen.getByRole("button", { name: /Fees/ }));
    expect(ids()).toEqual(["A", "C", "B"]);
  });

  it("filters by the values there are, and says how many rows are left", async () => {
    render(<DataGrid label="tried" columns={COLUMNS} rows={ROWS} rowKey={(r) => r.id} />);
    await userEvent.click(within(screen.getByRole("group", { name: "table" })).getByRole("button", { name: "Side" }));
    await userEvent.click(screen.getByLabelText(/buy/));
    expect(ids()).toEqual(["B"]);
    expect(screen.getByText("1 of 3 rows")).toBeTruthy();
  });

  it("comes to rest after a change", async () => {
    let drawn = 0;
    const counting = COLUMNS.map((c) => (c.key === "side" ? { ...c, cell: (r: Row) => (drawn++, r.side) } : c));
    render(<DataGrid label="tried" columns={counting} rows={ROWS} rowKey={(r) => r.id} />);
    await userEvent.click(screen.getByRole("button", { name: "Fees" }));
    const before = drawn;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(drawn).toBe(before);
  });

  it("hides a column", async () => {
    render(<DataGrid label="tried" columns={COLUMNS} rows={ROWS} rowKey={(r) => r.id} />);
    await userEvent.click(screen.getByRole("button", { name: "Columns" }));
    await userEvent.click(screen.getByLabelText("Fees"));
    expect(screen.queryByRole("columnheader", { name: "Fees" })).toBeNull();
  });

  it("opens a row by keyboard, and keeps pinned columns at their place", async () => {
    const open = vi.fn();
    render(<DataGrid label="tried" columns={COLUMNS} rows={ROWS} rowKey={(r) => r.id} open={open} />);
    const row = screen.getByText("B").closest("tr") as HTMLElement;
    row.focus();
    await userEvent.keyboard("{Enter}");
    expect(open).toHaveBeenCalledWith(ROWS[1]);
    expect((row.firstElementChild as HTMLElement).style.left).toBe("0px");
  });
});
