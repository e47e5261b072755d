import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SHOTS, PAGES, nameOf, open, settled, stage } from "./stage.mjs";
mkdirSync(SHOTS, { recursive: true });
const of = await stage();
const only = process.argv[2]?.split(",");
const sizes = (process.argv[3] ?? "1280x800").split(",").map((s) => s.split("x").map(Number));
const scheme = process.argv[4] ?? "dark";
for (const [width, height] of sizes) {
  const { page, errors, close } = await open(of, { viewport: { width, height }, colorScheme: scheme });
  for (const path of PAGES) {
    if (only && !only.includes(nameOf(path))) continue;
    await page.goto(of.url + path);
    try { await settled(page); } catch (e) { console.log(path, "not settled"); }
    await page.screenshot({ path: join(SHOTS, `${nameOf(path)}-${width}.png`), fullPage: process.argv[5] === "full" });
    const clipped = await page.evaluate(() => [...document.querySelectorAll("main .scroll")].filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => `${s.getAttribute("aria-label")}: ${s.scrollWidth}>${s.clientWidth}`));
    const bad = await page.locator(".notice.bad").allInnerTexts();
    console.log(path, width, "clipped:", clipped.join("; ") || "none", "bad:", bad.join("|").slice(0, 600) || "none", await page.evaluate(() => document.documentElement.scrollWidth > innerWidth ? "SIDEWAYS" : ""));
  }
  console.log("errors", errors);
  await close();
}
await of.end();
