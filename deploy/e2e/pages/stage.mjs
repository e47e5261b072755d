// The built pages on a server of their own, with recorded answers in place of the services: what a page does with an answer is
// tried here, whatever the answer.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const BUILT = process.env.PAGES_BUILT ?? join(ROOT, "gateway/target/classes/META-INF/resources");
const ANSWERS = join(ROOT, "gateway/src/main/webui/src/test/answers/answers.json");
export const SHOTS = join(ROOT, "deploy/e2e/target/screenshots/pages");

export const answers = JSON.parse(readFileSync(ANSWERS, "utf8"));
/** When the answers were recorded: the browser's clock is set there. */
export const RECORDED = new Date("2026-11-25T04:40:00Z");

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/** The recorded answer of a path; its currency counts, its other parameters do not. */
export function recorded(url) {
  const { pathname, searchParams } = new URL(url);
  const currency = searchParams.get("currency") ?? searchParams.get("asset")?.toUpperCase();
  return answers[currency ? `${pathname}?${currency}` : pathname] ?? answers[pathname];
}

/** Serves the pages; every page's address is the one document. */
export async function stage() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://stage").pathname;
    const file = join(BUILT, path);
    const found = path !== "/" && extname(path) && existsSync(file) ? file : join(BUILT, "index.html");
    response.setHeader("Content-Type", TYPES[extname(found)] ?? "application/octet-stream");
    createReadStream(found).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const executable = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
  const browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    browser,
    end: async () => {
      await browser.close();
      server.close();
    },
  };
}

/**
 * A page whose clock stands at the recording and whose API answers as recorded.
 *
 * @param options Playwright's own of a context, and `answer(url, request)`: what is answered in place of the recording; undefined: the recording
 */
export async function open(of, { answer, ...options } = {}) {
  const context = await of.browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark", ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (e) => errors.push(String(e)));
  await page.clock.install({ time: RECORDED });
  await page.route("**/api/**", async (route) => {
    const request = route.request();
    const own = await answer?.(request.url(), request);
    if (own === "abort") return route.abort("connectionrefused");
    if (own === "hang") return;
    if (own !== undefined) return route.fulfill(own);
    const body = recorded(request.url());
    return body === undefined ? route.fulfill({ status: 404, contentType: "application/problem+json", body: JSON.stringify({ status: 404, detail: "not recorded" }) }) : route.fulfill({ json: body });
  });
  return { page, errors, close: () => context.close() };
}

export const PAGES = ["/", "/trades", "/performance", "/data", "/analytics", "/probability", "/flow", "/alerts", "/reference"];
export const nameOf = (path) => path.slice(1) || "overview";

/** Until no panel waits any more. */
export async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('main [aria-busy="true"], main .skeleton').length === 0, undefined, { timeout: 20_000 });
  await page.waitForTimeout(400);
}
