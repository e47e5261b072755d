// What a page shows where the API as a whole answers oddly, slowly or not at all: every panel says so by itself, and nothing else is harmed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answers, nameOf, open, PAGES, settled, stage } from "./stage.mjs";

let of;
before(async () => {
  of = await stage();
});
after(() => of.end());

const json = (body) => ({ status: 200, contentType: "application/json", body });
const FAULTS = {
  "an empty object": json("{}"),
  "a list": json("[]"),
  "a proxy's page": { status: 200, contentType: "text/html", body: "<html><body>Welcome to the proxy</body></html>" },
  "a cut body": json('{"state":"ok","items":[{"id":1,"ki'),
  "503": { status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, detail: "the service is away", trace_id: "t-1" }) },
  "a refused connection": "abort",
};

const faces = (page) => page.locator('main [data-face="error"], main .num.failed, main .notice.bad').count();

describe("where every answer is", () => {
  for (const [fault, answer] of Object.entries(FAULTS)) {
    test(fault, async () => {
      const { page, errors, close } = await open(of, { answer: () => answer });
      for (const path of PAGES) {
        await page.goto(of.url + path);
        await settled(page);
        assert.equal(await page.getByRole("navigation", { name: "pages" }).count(), 1, `${path}: the way to the other pages stands`);
        assert.ok((await faces(page)) > 0, `${path}: the fault is told`);
        const text = await page.locator("main").innerText();
        assert.ok(!/not served|undefined|NaN|\[object/.test(text), `${path}: ${text.match(/.{0,60}(not served|undefined|NaN|\[object).{0,60}/)?.[0]}`);
      }
      assert.deepEqual(errors, []);
      await close();
    });
  }
});

test("a slow answer is waited for in its place, and what is there is shown", async () => {
  const { page, close } = await open(of, { answer: (url) => (/reference-rates|term-structure/.test(url) ? "hang" : undefined) });
  await page.goto(of.url);
  await page.getByRole("button", { name: /^BTC IV 30 d: 59/ }).waitFor();
  assert.equal(await page.getByRole("status", { name: "loading BTC price" }).count(), 1);
  assert.equal(await page.getByRole("status", { name: "loading Term structures" }).count(), 1);
  await page.clock.fastForward(31_000);
  await page.getByRole("button", { name: /^BTC price: could not be asked, no answer within 30 s/ }).waitFor();
  await close();
});

test("a price that is asked for or refused is never told as missing", async () => {
  const { page, close } = await open(of, { answer: (url) => (url.includes("reference-rates?asset=eth") ? FAULTS["503"] : undefined) });
  await page.goto(of.url);
  await page.getByRole("button", { name: "ETH price: could not be asked, the service is away" }).waitFor();
  await page.getByRole("button", { name: /^BTC price: \$60,768/ }).waitFor();
  await close();
});

test("one service down is one banner, and its figures say so", async () => {
  const deep = structuredClone(answers["/api/health/deep"]);
  Object.assign(deep.services[2], { status: "unreachable", reason: "no answer" });
  const { page, close } = await open(of, { answer: (url) => (url.includes("/health/deep") ? { json: deep } : undefined) });
  await page.goto(of.url);
  await page.getByTestId("banner").getByText("Not answering: snapshot (no answer)").waitFor();
  assert.equal(await page.getByTestId("banner").count(), 1);
  await close();
});

test("offline, what was known stays and the banner says why", async () => {
  const { page, close } = await open(of);
  await page.goto(of.url);
  await settled(page);
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await page.getByTestId("banner").getByText("This browser is offline").waitFor();
  await page.getByRole("button", { name: /^BTC price: \$60,768/ }).waitFor();
  await close();
});

test("a page that does not exist says so in the shell", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/nosuch`);
  await page.getByText("There is no such page.").waitFor();
  assert.equal(await page.getByRole("navigation", { name: "pages" }).count(), 1);
  await close();
});

test("as of a date, live panels fold and say so, and the bar says which mode it is", async () => {
  const { page, close } = await open(of);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${of.url}/analytics?date=2026-11-20&currency=ETH`);
  await settled(page);
  await page.getByRole("region", { name: "GEX levels" }).getByText("live only: it has no answer as of 2026-11-20").waitFor();
  await page.getByRole("group", { name: "data clock" }).getByText("as of 20 Nov 26").waitFor();
  assert.deepEqual(asked.filter((url) => url.includes("gex-levels")), []);
  assert.ok(asked.some((url) => /thresholds\?currency=ETH&date=2026-11-20/.test(url)));
  await page.getByRole("link", { name: "Probability" }).click();
  await page.getByRole("heading", { level: 1, name: "Probability" }).waitFor();
  assert.match(page.url(), /currency=ETH/);
  assert.match(page.url(), /date=2026-11-20/, `${nameOf("/probability")} keeps currency and date`);
  await close();
});
