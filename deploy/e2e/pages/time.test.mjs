// Times are of UTC in any zone, ages go on with the clock, and a chart of the default range has its colours and its gaps.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answers, open, RECORDED, settled, stage } from "./stage.mjs";

let of;
before(async () => {
  of = await stage();
});
after(() => of.end());

const HOUR = 3_600_000;
const START = Date.parse("2026-08-27T00:00:00Z");
const REGIMES = ["positive", "near_flip", "negative"];
const GAP = { from: 1000, hours: 14 * 24 };

/** 2,160 hours with two weeks missing; each third of them of one regime. */
function longSeries() {
  const of = structuredClone(answers["/api/flow/gex?BTC"]);
  const like = of.points[0];
  of.points = [...Array(2160).keys()]
    .filter((i) => i < GAP.from || i >= GAP.from + GAP.hours)
    .map((i) => ({ ...like, at: new Date(START + i * HOUR).toISOString(), spot: 60_000 + 4_000 * Math.sin(i / 200), net_gex: 5e6 + (i % 5) * 1e6, regime: REGIMES[Math.floor(i / 720)] }));
  return of;
}

const flow = (url) => (url.includes("/api/flow/gex") ? { json: longSeries() } : undefined);

/** How many pixels of the chart are near each colour of the style sheet, left to right in tenths. */
const painted = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector('[aria-label="net GEX and spot over time"] canvas');
    const { width, height } = canvas;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    const probe = document.createElement("canvas").getContext("2d");
    const rgb = (name) => {
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      probe.fillRect(0, 0, 1, 1);
      return probe.getImageData(0, 0, 1, 1).data;
    };
    const colours = { good: rgb("--good"), warn: rgb("--warn"), bad: rgb("--bad"), spot: rgb("--c1") };
    const counts = Object.fromEntries(Object.keys(colours).map((name) => [name, Array(100).fill(0)]));
    const left = 76;
    const right = 16;
    // below the legend and above the bar that zooms
    for (let y = 40; y < height - 50; y++) {
      for (let x = left; x < width - right; x++) {
        const at = 4 * (y * width + x);
        for (const [name, c] of Object.entries(colours)) {
          if (pixels[at + 3] > 200 && Math.abs(pixels[at] - c[0]) + Math.abs(pixels[at + 1] - c[1]) + Math.abs(pixels[at + 2] - c[2]) < 36) counts[name][Math.floor((100 * (x - left)) / (width - right - left))]++;
        }
      }
    }
    return counts;
  });

const sum = (counts, from, to) => counts.slice(from, to).reduce((a, b) => a + b, 0);

describe("a browser in New York", () => {
  test("shows the range of UTC that was asked for", async () => {
    const { page, close } = await open(of, { answer: flow, timezoneId: "America/New_York" });
    await page.goto(`${of.url}/flow?from=2026-08-27`);
    await settled(page);
    assert.equal(await page.evaluate(() => new Date("2026-08-27T00:00:00Z").getHours()), 20, "the browser is in New York");
    const chart = page.getByRole("img", { name: "net GEX and spot over time" });
    const box = await chart.boundingBox();
    const first = chart.getByText("2026-08-27 00:00 UTC").first();
    // a pixel is more than two hours wide; and a chart that is still being drawn has not seen the pointer move
    for (let moves = 0; moves < 100 && !(await first.isVisible()); moves++) {
      await page.mouse.move(box.x + 300, box.y + 120);
      await page.mouse.move(box.x + 76 + (moves % 8) / 4, box.y + 122, { steps: 5 });
      await page.waitForTimeout(100);
    }
    assert.ok(await first.isVisible(), "the first hour is told");
    await chart.getByText(/^\$6\d,\d{3}$/).first().waitFor();
    await page.getByRole("button", { name: "net GEX and spot over time as a table" }).click();
    const rows = page.getByRole("group", { name: "net GEX and spot over time" }).getByRole("row");
    assert.match(await rows.nth(1).innerText(), /^2026-08-27T00:00:00/);
    assert.match(await rows.nth(0).innerText(), /^UTC/);
    await close();
  });

  test("with its clock moved three hours on shows ages and states of that moment", async () => {
    const { page, close } = await open(of, { timezoneId: "America/New_York" });
    await page.goto(of.url);
    await settled(page);
    const price = page.getByRole("button", { name: /^BTC price: / });
    assert.match(await price.getAttribute("data-why"), /40 min ago/);
    assert.equal(await page.getByRole("group", { name: "data clock" }).locator("time").innerText(), `${RECORDED.toISOString().slice(11, 16)} UTC`);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.clock.fastForward(3 * HOUR);
    await page.getByRole("button", { name: "BTC price: $60,768, stale, 4 h ago" }).waitFor();
    assert.match(await price.getAttribute("class"), /stale/);
    for (const path of ["/api/reference-rates", "/api/volume-24h", "/api/analytics/overview", "/api/alerts/signals", "/api/snapshots/status"]) {
      assert.ok(asked.includes(path), `${path} is asked again by itself`);
    }
    await close();
  });
});

describe("2,160 hours with two weeks missing", () => {
  test("have their regimes' colours where the regimes are", async () => {
    const { page, errors, close } = await open(of, { answer: flow });
    await page.goto(`${of.url}/flow`);
    await settled(page);
    const { good, warn, bad } = await painted(page);
    for (const [name, counts, from, to] of [["good", good, 2, 31], ["warn", warn, 66 - 32 + 16, 65], ["bad", bad, 68, 98]]) {
      assert.ok(sum(counts, from, to) > 1_000, `${name} is painted in its third: ${sum(counts, from, to)}`);
    }
    assert.ok(sum(good, 40, 100) < 50 && sum(bad, 0, 60) < 50, "and not in another's");
    assert.deepEqual(errors, []);
    await close();
  });

  test("have no line and no bar across what is missing, and a shade there", async () => {
    const { page, close } = await open(of, { answer: flow });
    await page.goto(`${of.url}/flow`);
    await settled(page);
    const { spot, good, warn, bad } = await painted(page);
    const from = Math.ceil((100 * GAP.from) / 2160) + 1;
    const to = Math.floor((100 * (GAP.from + GAP.hours)) / 2160) - 1;
    assert.ok(sum(spot, 0, from - 2) > 200 && sum(spot, to + 2, 100) > 200, "the line stands on either side");
    assert.equal(sum(spot, from, to) + sum(good, from, to) + sum(warn, from, to) + sum(bad, from, to), 0);
    await close();
  });
});
