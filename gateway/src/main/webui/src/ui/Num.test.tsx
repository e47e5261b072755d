import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../api/client";
import { percent } from "../format";
import { Num, reading } from "./Num";
import { LineageContext } from "./origin";

const NOW = Date.parse("2026-11-25T04:40:00Z");
const fig = (value: number | null, more = {}) => ({ value, state: "ok", reason: null, as_of: "2026-11-25T04:00:00Z", ...more });
const waiting = { isPending: true, isError: false, error: null, data: undefined };
const failed = { isPending: false, isError: true, error: new ApiError(503, "snapshot is away", null), data: undefined };

describe("a figure", () => {
  it("that is still asked for is neither there nor missing", () => {
    expect(reading({ query: waiting, figure: undefined }, NOW)).toEqual({ face: "loading" });
  });

  it("that could not be asked for says so, and not that it is missing", () => {
    expect(reading({ query: failed, figure: undefined }, NOW)).toEqual({ face: "failed", why: "snapshot is away" });
  });

  it("that is missing has its reason", () => {
    expect(reading({ figure: fig(null, { state: "unavailable", reason: "no_payload" }) }, NOW)).toEqual({ face: "missing", why: "no payload" });
  });

  it("that its service calls stale shows its last value as what it is", () => {
    expect(reading({ figure: fig(null, { state: "stale", reason: "too_old", last_value: 0.5 }) }, NOW)).toMatchObject({ face: "stale", value: 0.5 });
  });

  it("turns stale by itself when it passes what its source allows", () => {
    expect(reading({ figure: fig(1), source: "live" }, NOW).face).toBe("ok");
    expect(reading({ figure: fig(1), source: "live" }, NOW + 3 * 3_600_000).face).toBe("stale");
  });

  it("of value 0 is a value", () => {
    expect(reading({ figure: fig(0) }, NOW)).toMatchObject({ face: "ok", value: 0 });
  });
});

describe("a figure on screen", () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ["Date", "setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("ages and goes stale without anybody asking", () => {
    render(<Num label="price" text={percent} figure={fig(0.5)} source="live" lineage={{ number: "reference_rate" }} />);
    expect(screen.getByRole("button", { name: "price: 50.0 %" }).dataset.why).toContain("40 min ago");
    act(() => void vi.advanceTimersByTime(3 * 3_600_000));
    expect(screen.getByRole("button", { name: /^price: 50.0 %, stale, 4 h ago$/ })).toBeTruthy();
  });

  it("opens its lineage by keyboard", async () => {
    vi.useRealTimers();
    const open = vi.fn();
    render(
      <LineageContext value={open}>
        <Num label="VRP" text={percent} figure={fig(null, { reason: "no_surface" })} lineage={{ number: "vrp", currency: "BTC" }} />
      </LineageContext>,
    );
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "VRP: not available, no surface" }));
    await userEvent.keyboard("{Enter}");
    expect(open).toHaveBeenCalledWith({ number: "vrp", currency: "BTC" });
  });

  it("without a lineage keeps its reason in reach of the keyboard", () => {
    vi.useRealTimers();
    render(<Num label="fees" text={percent} figure={fig(null, { reason: "not told" })} />);
    expect(screen.getByRole("note", { name: "fees: not available, not told" }).tabIndex).toBe(0);
  });
});
