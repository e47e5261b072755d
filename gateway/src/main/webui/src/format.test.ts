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
    expect(usd(-2500)).toBe("−$2,500");
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

  it("have no sign where they round to zero", () => {
    expect(number(-0.001)).toBe("0.00");
    expect(number(-0)).toBe("0.00");
    expect(usd(-0.004)).toBe("$0.00");
    expect(signed(0.001)).toBe("0.00");
    expect(signed(-0.001)).toBe("0.00");
    expect(percent(-0.0004)).toBe("0.0 %");
    expect(signed(0.006)).toBe("+0.01");
    expect(signed(-0.006)).toBe("−0.01");
  });

  it("are written in the unit they round up to", () => {
    expect(usd(999.994)).toBe("$999.99");
    expect(usd(999.996)).toBe("$1,000");
    expect(usd(999_499.4)).toBe("$999,499");
    expect(usd(999_999.4)).toBe("$999,999");
    expect(usd(999_999.6)).toBe("$1.00M");
    expect(usd(-999_999.6)).toBe("−$1.00M");
    expect(usd(999_994_999)).toBe("$999.99M");
    expect(usd(999_999_999)).toBe("$1.00B");
    expect(usd(999_999_999_999)).toBe("$1.00T");
    expect(usd(1e12)).toBe("$1.00T");
    expect(usd(-2.5e15)).toBe("−$2,500.00T");
  });

  it("show an age that lies ahead or is none", () => {
    const now = Date.parse("2026-11-24T23:00:00Z");
    expect(age("2026-11-26T23:00:00Z", now)).toBe("in 2 days");
    expect(age("2026-11-24T23:00:20Z", now)).toBe("just now");
    expect(age("2026-11-24T23:10:00Z", now)).toBe("in 10 min");
    expect(age("2026-11-24T21:00:20Z", now)).toBe("2 h ago");
    expect(age("2026-11-22T23:20:00Z", now)).toBe("2 days ago");
    expect(age("garbage", now)).toBe(DASH);
    expect(age("", now)).toBe(DASH);
  });
});
