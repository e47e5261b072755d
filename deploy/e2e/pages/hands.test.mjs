// What an operator does with the pages besides reading: keys, Back, links, drawers, the palette, the schemes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, settled, stage } from "./stage.mjs";

let of;
before(async () => {
  of = await stage();
});
after(() => of.end());

const at = (page) => new URL(page.url());

test("a choice is a step that Back takes back, and goes along to the next page", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/probability`);
  await settled(page);
  await page.getByRole("group", { name: "maturity" }).getByRole("button", { name: "7 d" }).click();
  await page.getByRole("group", { name: "currency" }).getByRole("button", { name: "SOL" }).click();
  await page.getByRole("button", { name: "SOL", pressed: true }).waitFor();
  assert.equal(at(page).search, "?dte=7&currency=SOL");
  await page.goBack();
  await page.getByRole("button", { name: "BTC", pressed: true }).waitFor();
  assert.equal(at(page).search, "?dte=7");
  await page.goForward();
  await page.getByRole("link", { name: "Flow" }).click();
  await page.getByRole("heading", { level: 1, name: "Flow" }).waitFor();
  assert.equal(at(page).search, "?currency=SOL", "the currency comes along, the maturity does not");
  await close();
});

test("sign-in comes back to the whole address", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/trades?q=MSTR&currency=ETH`);
  const href = await page.getByRole("link", { name: "Sign in" }).getAttribute("href");
  assert.equal(new URLSearchParams(href.split("?")[1]).get("return_to"), "/trades?q=MSTR&currency=ETH");
  await close();
});

test("keys lead to pages, to the filter and to everything by its name", async () => {
  const { page, close } = await open(of);
  await page.goto(of.url);
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.getByRole("heading", { level: 1, name: "Trades" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus comes to the page's head");
  await settled(page);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "filter");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("flow");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Flow" }).waitFor();
  await page.keyboard.press("g");
  await page.clock.fastForward(4_000);
  await page.keyboard.press("d");
  await page.waitForTimeout(200);
  assert.equal(at(page).pathname, "/flow", "a g does not wait for ever");
  await close();
});

test("a figure's origin opens and closes by keyboard, and has an address", async () => {
  const { page, close } = await open(of);
  await page.goto(of.url);
  await settled(page);
  const figure = page.getByRole("button", { name: /^BTC VRP: / });
  await figure.focus();
  await page.getByRole("tooltip").getByText(/2026-11-24 23:00 UTC/).waitFor();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Where it comes from" });
  await drawer.getByText(/^IV30 − RV30/).waitFor();
  assert.equal(at(page).searchParams.get("lineage"), "vrp.BTC");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  assert.equal(at(page).searchParams.get("lineage"), null);
  await close();
});

test("a row of the executions opens its story, and the table filters by what it holds", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/trades`);
  await settled(page);
  await page.getByRole("button", { name: "Side", exact: true }).first().click();
  await page.getByLabel(/sell to open/).check();
  await page.keyboard.press("Escape");
  await page.getByText(/of 60 rows/).waitFor();
  await page.locator("tbody tr[data-open]").first().click();
  await page.getByRole("dialog", { name: /^Execution ALP-/ }).getByText("Execution benchmark").waitFor();
  assert.match(at(page).searchParams.get("trade"), /^ALP-/);
  await close();
});

test("a day without data plans its backfill", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/data`);
  await settled(page);
  await page.getByRole("button", { name: /^plan what iv surface BTC lacks/ }).click();
  const panel = page.getByRole("region", { name: "Backfill" });
  assert.equal(await panel.getByLabel("From").inputValue(), "2026-09-26");
  assert.ok(await panel.getByLabel("iv surface").isChecked());
  await page.getByRole("button", { name: /^iv surface ETH, 2026-10-02: missing/ }).click();
  await page.getByRole("button", { name: /^iv surface ETH, 2026-10-05: missing/ }).click({ modifiers: ["Shift"] });
  assert.deepEqual([await panel.getByLabel("From").inputValue(), await panel.getByLabel("To").inputValue()], ["2026-10-02", "2026-10-05"]);
  await close();
});

test("the colours are the reader's choice, and charts follow", async () => {
  const { page, close } = await open(of);
  await page.goto(`${of.url}/flow`);
  await settled(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  const chart = page.locator('[aria-label="net GEX and spot over time"] canvas');
  const before = await chart.evaluate((canvas) => canvas.toDataURL());
  await page.getByRole("button", { name: "light colours" }).click();
  assert.notEqual(await ground(), dark);
  await page.waitForTimeout(300);
  assert.notEqual(await chart.evaluate((canvas) => canvas.toDataURL()), before);
  await page.reload();
  assert.notEqual(await ground(), dark, "it is kept");
  await close();
});
