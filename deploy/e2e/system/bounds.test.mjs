// A house with little memory, asked for the most of everything at once: it refuses or answers, and goes on. And who it listens to.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { connect as dial } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { GATEWAY, HOME, SECRET, down, get, log, pidOf, post, until, up } from "./house.mjs";

const HEAP = "128m";
const PORTS = { gateway: 18080, "trade-sync-service": 18081, "analytics-service": 18082, "snapshot-service": 18083, "alert-service": 18084, sandbox: 18090, database: 25432 };
const PROCESSES = ["gateway", "trade-sync-service", "analytics-service", "snapshot-service", "alert-service"];
const DAY = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** The widest a parameter can be asked, by name: beyond what is granted, and the most that may be granted. */
const WIDEST = {
  hostile: { from: "0001-01-01", to: "9999-12-31", limit: "2147483647", days: "2147483647", dte: "100000", levels: "100000", lookback_days: "100000" },
  granted: { from: DAY(365), to: DAY(0), limit: "500" },
};
const ORDINARY = {
  ...{ currency: "BTC", asset: "btc", type: "iv_surface", date: DAY(1), dte: "30", underlying: "MSTR", source: "alpha_sync", portfolio: "IMST" },
  ...{ symbol: "MSTR  271217C00400000", id: "1", root: "MSTR", number: "vrp", service: "snapshot" },
};

before(async () => {
  await up({ VOLDESK_JAVA_OPTS: `-Xmx${HEAP}` });
  await post("/api/internal/trades/sync", { dry_run: false });
  await post("/api/admin/snapshot", {});
  await post("/api/admin/snapshot/backfill", { from: DAY(8), to: DAY(2), types: ["iv_surface", "vol_metrics", "spot", "gex"], currencies: ["BTC"], dry_run: false });
});
after(async () => {
  await down();
});

function address(path, parameters, widest) {
  const query = new URLSearchParams();
  for (const { name, in: place, required } of parameters) {
    const value = widest[name] ?? ORDINARY[name];
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value ?? "1"));
    else if (place === "query" && (value !== undefined || required)) query.set(name, value ?? "1");
  }
  return `${path}?${query}`;
}

async function ask(url) {
  try {
    const response = await fetch(GATEWAY + url, { signal: AbortSignal.timeout(120_000) });
    let size = 0;
    for await (const chunk of response.body) size += chunk.length;
    return { url, status: response.status, type: response.headers.get("content-type") ?? "", size };
  } catch (e) {
    return { url, status: 0, type: String(e.cause ?? e), size: 0 };
  }
}

describe(`a heap of ${HEAP}`, () => {
  test("the most of each route, all at once and twice over, is answered or refused, and every service goes on", async () => {
    const { paths } = (await get("/api/openapi")).body;
    const routes = Object.entries(paths).filter(([path, on]) => on.get && !path.endsWith("/events"));
    assert.ok(routes.length > 30, `only ${routes.length} routes`);
    const urls = routes.flatMap(([path, on]) => Object.values(WIDEST).map((widest) => address(path, [...(paths[path].parameters ?? []), ...(on.get.parameters ?? [])], widest)));
    const before = PROCESSES.map(pidOf);
    const answers = (await Promise.all([...urls, ...urls].map(ask))).toSorted((a, b) => b.size - a.size);
    const wrong = answers.filter(({ status, type }) => !((status >= 200 && status < 300) || ((status === 503 || (status >= 400 && status < 500)) && type.includes("problem+json"))));
    assert.deepEqual(wrong, []);
    const by = {};
    for (const { status } of answers) by[status] = (by[status] ?? 0) + 1;
    console.log(`the most of ${urls.length} questions: ${Object.entries(by).map(([status, times]) => `${times} × ${status}`).join(", ")}; the largest ${answers[0].size} bytes of ${answers[0].url}`);
    for (const name of PROCESSES.slice(1)) {
      await until(`a ready ${name}`, 10, async () => (await fetch(`http://127.0.0.1:${PORTS[name]}/internal/health/ready`, { signal: AbortSignal.timeout(2000) })).status === 200);
    }
    assert.equal((await get("/api/health")).status, 200);
    assert.deepEqual(PROCESSES.map(pidOf), before, "a process ended and was started again");
    assert.ok(!log().includes("OutOfMemoryError"));
  });

  test("a real sync and a capture go through beside reads", async () => {
    const reads = Promise.all(Array.from({ length: 20 }, () => ask("/api/internal/trades?limit=500")));
    assert.equal((await post("/api/internal/trades/sync", { dry_run: false })).status, 200);
    assert.equal((await post("/api/admin/snapshot", { target_date: DAY(1) }, { "x-admin-secret": SECRET })).status, 200);
    await reads;
  });
});

describe("a house is its owner's", () => {
  test("it answers no other machine", async (t) => {
    const outside = Object.values(networkInterfaces()).flat().filter((a) => !a.internal && a.family === "IPv4").map((a) => a.address);
    if (outside.length === 0) return t.skip("this machine has no address but its own");
    for (const host of outside) {
      for (const [name, port] of Object.entries(PORTS)) {
        const open = await new Promise((resolve) => {
          const socket = dial({ host, port, timeout: 2000 }, () => resolve(true));
          for (const end of ["error", "timeout"]) socket.on(end, () => resolve(false));
          socket.on("close", () => socket.destroy());
        });
        assert.equal(open, false, `${name} listens on ${host}:${port}`);
      }
    }
  });

  test("nobody else reads its logs", () => {
    for (const file of ["voldesk.log", "up.log"]) assert.equal((statSync(join(HOME, "run", file)).mode & 0o777).toString(8), "600", file);
  });
});
