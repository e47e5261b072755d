// Nothing jumps while answers come, all is at rest once they are there, long tables stay quick and pages leave nothing behind.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answers, open, PAGES, recorded, settled, stage } from "./stage.mjs";

let of;
before(async () => {
  of = await stage();
});
after(() => of.end());

describe("every page", () => {
  test("holds its place while answers come", async () => {
    const { page, close } = await open(of, {
      answer: async (url) => {
        await new Promise((resolve) => setTimeout(resolve, 150 + (url.length % 5) * 60));
        const body = recorded(url);
        return body === undefined ? undefined : { json: body };
      },
    });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const shifts = {};
    for (const path of PAGES) {
      await page.goto(of.url + path);
      await settled(page);
      shifts[path] = Number((await page.evaluate(() => window.shift)).toFixed(4));
    }
    console.log("layout shift:", JSON.stringify(shifts));
    assert.deepEqual(Object.entries(shifts).filter(([, shift]) => shift > 0.02), []);
    await close();
  });

  test("comes to rest", async () => {
    const { page, close } = await open(of);
    for (const path of PAGES) {
      await page.goto(of.url + path);
      await settled(page);
      const changes = await page.evaluate(async () => {
        let seen = 0;
        const observer = new MutationObserver((list) => (seen += list.length));
        observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
        const before = performance.now();
        for (let i = 0; i < 30; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
        observer.disconnect();
        return { seen, before };
      });
      assert.ok(changes.seen < 5, `${path} goes on changing by itself: ${changes.seen} times in 30 frames`);
    }
    await close();
  });
});

test("12,000 executions are sorted in 200 ms of the processor", async () => {
  const like = answers["/api/internal/trades"].items;
  const items = [...Array(12_000).keys()].map((i) => ({ ...like[i % like.length], source_trade_id: `T-${i}`, premium_usd: (i * 7919) % 100_003 }));
  const { page, close } = await open(of, { answer: (url) => (new URL(url).pathname === "/api/internal/trades" ? { json: { items, next_cursor: null } } : undefined) });
  await page.goto(`${of.url}/trades`);
  await settled(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => (await session.send("Performance.getMetrics")).metrics.find((m) => m.name === "ScriptDuration").value;
  const grid = page.getByRole("group", { name: "trades" });
  const taken = [];
  for (let i = 0; i < 3; i++) {
    const before = await busy();
    await page.getByRole("button", { name: /^Premium, USD/ }).click();
    await page.waitForTimeout(700);
    taken.push(Math.round(1000 * ((await busy()) - before)));
  }
  console.log("sorts of 12,000 rows, ms of script:", taken.join(", "));
  assert.ok((await grid.getByRole("row").count()) < 120, "only the rows in sight are drawn");
  assert.ok([...taken].sort((a, b) => a - b)[1] <= 200, `${taken} ms`);
  await close();
});

test("120 changes of page leave no more behind than 20 did", async () => {
  const { page, close } = await open(of);
  await page.goto(of.url);
  await settled(page);
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { nodes, jsEventListeners };
  };
  const names = ["Trades", "Flow", "Data", "Analytics", "Overview"];
  const walk = async (times) => {
    for (let i = 0; i < times; i++) {
      await page.getByRole("navigation", { name: "pages" }).getByRole("link", { name: names[i % names.length], exact: true }).click();
      await page.getByRole("heading", { level: 1, name: names[i % names.length] }).waitFor();
    }
    await settled(page);
  };
  await walk(20);
  const early = await heap();
  await walk(100);
  const late = await heap();
  console.log("after 20 and 120 page changes:", JSON.stringify([early, late]));
  assert.ok(late.jsEventListeners <= early.jsEventListeners * 1.2 + 50, JSON.stringify([early, late]));
  assert.ok(late.nodes <= early.nodes * 1.2 + 500, JSON.stringify([early, late]));
  await close();
});
