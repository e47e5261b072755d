import { describe, expect, it } from "vitest";
import type { GexPoint } from "../api/schema/market";
import type { Candidate } from "../api/schema/probability";
import type { Trade } from "../api/schema/trades";
import { contract } from "../format";
import { slackText } from "./alerts/slackText";
import { change24h } from "./overview/change";
import { below } from "./probability/below";
import { merged } from "./probability/CandidateTable";
import { readSort, writeSort } from "./trades/sort";
import { totals } from "./trades/totals";

const point = (at: string, spot: number | null) => ({ at, spot }) as GexPoint;

describe("what pages work out", () => {
  it("a contract is said as a desk says it, another name stays", () => {
    expect(contract("COIN  261120C00285000")).toBe("COIN 20 Nov 26 285 C");
    expect(contract("MSTR  261120P00317500")).toBe("MSTR 20 Nov 26 317.5 P");
    expect(contract("an odd one")).toBe("an odd one");
  });

  it("a change over 24 h needs the hour exactly a day before", () => {
    expect(change24h([point("2026-11-23T23:00:00Z", 100), point("2026-11-24T23:00:00Z", 110)]).value).toBeCloseTo(0.1);
    expect(change24h([point("2026-11-23T22:00:00Z", 100), point("2026-11-24T23:00:00Z", 110)])).toMatchObject({ value: null, reason: "no stored hour 24 h before the latest" });
    expect(change24h([])).toMatchObject({ value: null });
  });

  it("a probability below a price is read between the served points and not beyond them", () => {
    const points = [{ price: 10, below: 0.2 }, { price: 20, below: 0.6 }];
    expect(below(points, 15)).toBeCloseTo(0.4);
    expect(below(points, 10)).toBe(0.2);
    expect(below(points, 9)).toBeNull();
    expect(below(points, 21)).toBeNull();
  });

  it("two target deltas of the same contracts are one candidate", () => {
    const of = (target_delta: number, legs: string[]) => ({ structure: "cash_secured_put", target_delta, legs }) as Candidate;
    expect(merged([of(0.1, ["A"]), of(0.16, ["A"]), of(0.2, ["B"])]).map((c) => [c.legs[0], c.targets])).toEqual([["A", [0.1, 0.16]], ["B", [0.2]]]);
  });

  it("premium is received for what is sold and paid for what is bought; retired rows are in neither", () => {
    const of = (side: string, premium_usd: number | null, more = {}) => ({ side, premium_usd, quantity: 2, fees_usd: 1, retired_at: null, ...more }) as Trade;
    expect(totals([of("sell_to_open", 100), of("buy_to_close", 30), of("sell_to_open", null), of("sell_to_open", 7, { retired_at: "2026-11-01T00:00:00Z" })])).toEqual({ received: 100, paid: 30, fees: 3, contracts: 6, withoutPremium: 1, retired: 1 });
  });

  it("an order is one word of the address, there and back", () => {
    expect(readSort("-premium_usd,symbol")).toEqual([{ id: "premium_usd", desc: true }, { id: "symbol", desc: false }]);
    expect(writeSort(readSort("-premium_usd,symbol"))).toBe("-premium_usd,symbol");
    expect(writeSort([])).toBeUndefined();
  });

  it("a Slack message is read in its order", () => {
    expect(slackText({ text: "short", blocks: [{ type: "header", text: { type: "plain_text", text: "Head" } }, { type: "section", text: { text: "*A* b" } }] })).toBe("Head\nA b");
    expect(slackText({ text: "short" })).toBe("short");
    expect(slackText(null)).toBe("");
  });
});
