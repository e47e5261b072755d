// Every page at three sizes in both schemes: pictures of all, nothing cut off, nothing that axe objects to.
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nameOf, open, PAGES, settled, SHOTS, stage } from "./stage.mjs";

let of;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  of = await stage();
});
after(() => of.end());

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];

describe("every page", () => {
  for (const viewport of SIZES) {
    for (const colorScheme of ["dark", "light"]) {
      test(`at ${viewport.width} × ${viewport.height}, ${colorScheme}`, async () => {
        const { page, errors, close } = await open(of, { viewport, colorScheme });
        for (const path of PAGES) {
          await page.goto(of.url + path);
          await settled(page);
          await page.screenshot({ path: join(SHOTS, `${nameOf(path)}-${viewport.width}-${colorScheme}.png`), fullPage: true });
          const layout = await page.evaluate(() => ({
            sideways: document.documentElement.scrollWidth - innerWidth,
            clipped: [...document.querySelectorAll("main .scroll")].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.getAttribute("aria-label")}: ${box.scrollWidth} in ${box.clientWidth}`),
          }));
          assert.ok(layout.sideways <= 1, `${path} scrolls sideways by ${layout.sideways}`);
          if (viewport.width >= 1280) assert.deepEqual(layout.clipped, [], `${path} cuts columns off`);
          if (viewport.width === 1920) continue; // axe has seen the same page at 1280
          // the other scheme has the same document in other colours
          const builder = new AxeBuilder({ page });
          const axe = await (colorScheme === "dark" ? builder : builder.withRules(["color-contrast"])).analyze();
          assert.deepEqual(axe.violations.map((v) => `${path} ${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`), []);
        }
        assert.deepEqual(errors, []);
        await close();
      });
    }
  }
});
