import { describe, expect, it } from "vitest";
import { age, DASH, number, percent, signed, time, usd, words } from "./format";

describe("figures", () => {
  it("are never 0 when missing", () => {
    for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(number(missing)).toBe(DASH);
      expect(usd(missing)).toBe(DASH);
      expect(percent(missing)).toBe(DASH);
      expect(signed(missing)).toBe(DASH);
    }
    expect(time(null)).toBe(DASH);
    expect(time("nonsense")).toBe(DASH);
    expect(words(null)).toBe(DASH);
  });

  it("carry unit and sign", () => {
    expect(usd(466630651.75)).toBe("$466.63M");
    expect(usd(-2500)).toBe("-$2,500");
    expect(usd(0)).toBe("$0.00");
    expect(percent(0.839)).toBe("83.9 %");
    expect(signed(3, 1)).toBe("+3.0");
    expect(number(269267, 1)).toBe("269,267.0");
  });

  it("tell times in UTC and ages", () => {
    expect(time("2026-11-23T23:00:00Z")).toBe("2026-11-23 23:00 UTC");
    expect(age("2026-11-23T23:00:00Z", Date.parse("2026-11-23T23:15:00Z"))).toBe("15 min ago");
    expect(age("2026-11-21T23:00:00Z", Date.parse("2026-11-24T23:00:00Z"))).toBe("3 days ago");
  });
});
