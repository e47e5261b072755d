import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PAGES } from "../shell/pages";
import { server } from "../test/server";
import { showPage } from "../test/show";

vi.setConfig({ testTimeout: 60_000 });

/** What the shell asks on every page: its own faces are the banner and the data clock. */
const OF_SHELL = ["/api/session", "/api/health/deep", "/api/jobs", "/api/snapshots/status"];

const FAULTS: [string, () => Response][] = [
  ["an empty object", () => HttpResponse.json({})],
  ["a proxy's page", () => HttpResponse.html("<html><body>Bad gateway</body></html>")],
  ["a cut body", () => new HttpResponse('{"state":"ok","items":[{"id"', { headers: { "Content-Type": "application/json" } })],
  ["503", () => HttpResponse.json({ status: 503, detail: "the service is away", trace_id: "t-1" }, { status: 503 })],
  ["no connection", () => HttpResponse.error()],
];

const settled = () =>
  waitFor(
    () => {
      expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
      expect(document.querySelectorAll('main [aria-busy="true"], main .skeleton, main .num.loading')).toHaveLength(0);
    },
    { timeout: 20_000 },
  );

const asked: Set<string> = new Set();
server.events.on("request:start", ({ request }) => asked.add(new URL(request.url).pathname));
const regions = () => screen.getAllByRole("region").length;
const told = () => [...document.querySelectorAll('main [data-face="error"], main .notice.bad, main .num.failed, main small.tone-bad')].map((of) => of.textContent);

describe.each(PAGES.map((page) => page.path))("the page %s", (path) => {
  beforeEach(() => asked.clear());

  it("draws the recorded answers without a failure, and each fault of each question in its place", async () => {
    const good = showPage(path);
    await settled();
    expect(told()).toEqual([]);
    const panels = regions();
    const paths = [...asked].filter((of) => !OF_SHELL.includes(of) || (of === "/api/snapshots/status" && ["/", "/data"].includes(path)));
    good.unmount();
    for (const of of paths) {
      for (const [fault, reply] of FAULTS) {
        server.use(http.get(`*${of}`, reply as never));
        const bad = showPage(path);
        await settled();
        expect(regions(), `${of}, ${fault}: every panel still stands`).toBeGreaterThanOrEqual(panels - 1);
        expect(told().length, `${of}, ${fault}: the failure is told`).toBeGreaterThan(0);
        expect(document.body.textContent, `${of}, ${fault}`).not.toContain("not served");
        bad.unmount();
        server.resetHandlers();
      }
    }
  });
});
