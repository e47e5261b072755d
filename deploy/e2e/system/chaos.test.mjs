// Rounds of random harm to two instances of each service under real work: processes killed or held, the database crashed, clocks
// set apart. After each round everything has come right by itself, and nothing lies about what happened.
//   CHAOS_ROUNDS  how many (2; the whole is 30)      CHAOS_SEED  what chance begins with (printed)
//   CHAOS_HELD    seconds a process is held (20; 60)  CHAOS_LOAD  seconds of mixed load (20; 600)
import autocannon from "autocannon";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { GATEWAY, SECRET, connect, down, sandbox, until, up } from "./house.mjs";
import { broken } from "./invariants.mjs";
import { ADDRESSES, Twins } from "./twins.mjs";

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 2);
const WHOLE = ROUNDS >= 30;
const HELD = Number(process.env.CHAOS_HELD ?? (WHOLE ? 60 : 20));
const LOAD = Number(process.env.CHAOS_LOAD ?? (WHOLE ? 600 : 20));
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const SYNC = "/api/internal/trades/sync";
const BASE = 300;
const DAY = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const SETTINGS = {
  ...ADDRESSES,
  // the clocks' own work goes on through every round
  SYNC_CRON: "0/20 * * * * ?",
  ALERT_CRON: "5/20 * * * * ?",
  SNAPSHOT_CRON: "15 * * * * ?",
  VOLDESK_ALERT_COOLDOWN: "PT1S",
  VOLDESK_ENRICHMENT_RETRY_EVERY: "5s",
  VOLDESK_HEALING_EVERY: "5s",
};

/** A generator of [0, 1) that a seed makes the same again (mulberry32, public domain). */
function chance(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What was answered within a minute, or why not: in a round that is no failure. */
async function ask(method, path, body, headers = {}) {
  try {
    const response = await fetch(GATEWAY + path, {
      ...{ method, signal: AbortSignal.timeout(60_000), body: body === undefined ? undefined : JSON.stringify(body) },
      headers: { "x-admin-secret": SECRET, "Content-Type": "application/json", ...headers },
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  } catch (e) {
    return { status: 0, body: String(e.cause ?? e) };
  }
}

const source = new Map();
function execution(id, version) {
  const row = {
    ...{ trade_id: id, version, portfolio: "IMST", status: "filled", recon_status: "matched", symbol: "MSTR  271217C00400000", underlying: "MSTR" },
    ...{ side: "sell_to_open", quantity: 3, price: `${10 + version}.5`, multiplier: 100, fees: null, currency: "USD" },
    ...{ executed_at: "2026-11-20T15:00:00Z", updated_at: new Date().toISOString(), settle_date: null },
  };
  source.set(id, row);
  return row;
}

const twins = new Twins();
const counts = { rounds: 0, killed: 0, held: 0, database: 0, syncs: 0, backfills: 0, dispatches: 0, jobs: 0, answers: {} };
const jobs = new Set();
const told = (answer) => (counts.answers[answer.status] = (counts.answers[answer.status] ?? 0) + 1) && answer;

/** Everything at once that this system does, again and again until told to stop. */
const WORK = {
  async syncs(round, n) {
    counts.syncs++;
    const answer = told(await ask("POST", SYNC, { dry_run: false }, n % 2 ? { Prefer: "respond-async" } : {}));
    if (answer.status === 202) jobs.add(answer.body.id);
  },
  async backfills(round, n) {
    counts.backfills++;
    const range = { from: DAY(3 + (round % 20)), to: DAY(2 + (round % 20)), types: ["spot", "vol_metrics"], currencies: ["BTC", "ETH"], dry_run: false };
    const answer = told(await ask("POST", "/api/admin/snapshot/backfill", range, { Prefer: "respond-async" }));
    if (answer.status === 202) jobs.add(answer.body.id);
    await pause(3000);
  },
  async dispatches(round, n) {
    counts.dispatches++;
    told(await ask("POST", "/api/alerts/refresh", {}));
    told(await ask("POST", "/api/alerts/dispatch", { dry_run: false, note: `round ${round}, dispatch ${n}` }));
    await pause(500);
  },
  async enrichment() {
    told(await ask("POST", "/api/internal/trades/analytics/backfill", { source: "alpha_sync", limit: 100, dry_run: false }));
    await pause(2000);
  },
};

/** Ends one session's process: PostgreSQL then ends them all and recovers, as after a crash. */
async function crashDatabase() {
  const session = await connect("public");
  session.on("error", () => {});
  const { rows } = await session.query("select pg_backend_pid() as pid");
  process.kill(rows[0].pid, "SIGKILL");
  await session.end().catch(() => {});
  counts.database++;
}

/** @returns whether a process was ended: a run may then rightly be called abandoned */
async function harm(random) {
  const all = twins.victims();
  const pick = () => all.splice(Math.floor(random() * all.length), 1)[0];
  const held = random() < 0.4 ? pick() : null;
  const killed = random() < 0.8 || !held ? Array.from({ length: 1 + Math.floor(random() * 3) }, pick) : [];
  const crash = killed.length > 0 && random() < 0.3;
  const story = [];
  const deeds = killed.map(async (victim, i) => {
    await pause(1000 + i * 1500 + random() * 6000);
    process.kill(victim.pid(), "SIGKILL");
    counts.killed++;
    story.push(`${victim.name} killed`);
  });
  if (crash) deeds.push(pause(random() * 6000).then(crashDatabase).then(() => story.push("the database crashed")));
  if (held) {
    deeds.push(
      (async () => {
        const pid = held.pid();
        process.kill(pid, "SIGSTOP");
        counts.held++;
        story.push(`${held.name} held for ${HELD} s`);
        await pause(HELD * 1000);
        process.kill(pid, "SIGCONT");
      })(),
    );
  }
  await Promise.all(deeds);
  return { ended: killed.length > 0 || crash, story: story.join(", ") };
}

let added = 0;
async function change(random) {
  const corrected = Array.from({ length: 40 }, () => `C-${Math.floor(random() * BASE)}`);
  const rows = [...new Set(corrected)].map((id) => execution(id, source.get(id).version + 1));
  rows.push(execution(`NEW-${++added}`, 1));
  await sandbox("POST", "/control/alpha/executions", { data: rows });
}

async function endOfJobs() {
  for (const id of jobs) {
    const job = await until(`the end of job ${id}`, 180, async () => {
      const now = (await ask("GET", `/api/jobs/${id}`)).body;
      return now.finished_at && now;
    });
    // another run of its kind, or a database that was not there, are honest ends; anything else is a fault
    assert.ok(job.status === "done" || [409, 503].includes(job.problem?.status), JSON.stringify(job));
    counts.jobs++;
  }
  jobs.clear();
}

async function calm() {
  await twins.ready(240);
  await until("a healthy house", 60, async () => (await ask("GET", "/api/health/deep")).body.services.every((s) => s.status === "ok"));
  await endOfJobs();
  await until("a real sync", 120, async () => (await ask("POST", SYNC, { dry_run: false })).status === 200);
}

before(async () => {
  console.log(`seed ${SEED}, ${ROUNDS} rounds, held for ${HELD} s, ${LOAD} s of load`);
  await twins.stand(chance(SEED));
  await up(SETTINGS);
  console.log(`the second instances are ${await twins.fill(SETTINGS)} s ahead`);
  await sandbox("PUT", "/control/alpha/executions", { data: Array.from({ length: BASE }, (_, i) => execution(`C-${i}`, 1)) });
  await calm();
});
after(async () => {
  twins.end();
  await down();
  console.log(`chaos: ${JSON.stringify(counts)}`);
});

describe("harm of every kind under work", () => {
  for (let round = 1; round <= ROUNDS; round++) {
    test(`round ${round}: everything comes right, and nothing lies about it`, { timeout: 900_000 }, async (t) => {
      const random = chance(SEED + round);
      const begun = new Date(Date.now() - 1000).toISOString();
      await change(random);
      let working = true;
      const work = Object.values(WORK).map(async (piece) => {
        for (let n = 1; working; n++) await piece(round, n);
      });
      const { ended, story } = await harm(random);
      t.diagnostic(story);
      working = false;
      await Promise.all(work);
      await calm();
      assert.deepEqual(await broken({ source, begun, ended, ask }), [], `seed ${SEED}, ${story}`);
      counts.rounds++;
    });
  }
});

describe("mixed load", () => {
  const ROUTES = ["/api/health/deep", `${SYNC}/status`, "/api/internal/trades?limit=50", "/api/internal/trades/performance", "/api/snapshots/status", "/api/analytics/overview?currency=BTC", "/api/alerts/signals", "/api/alerts/dispatches", "/"];

  test("reads are answered while real syncs go on beside them", { timeout: LOAD * 1000 + 300_000 }, async () => {
    let working = true;
    const beside = (async () => {
      for (let n = 1; working; n++) {
        await change(chance(SEED + 1000 + n));
        told(await ask("POST", SYNC, { dry_run: false }));
        await pause(2000);
      }
    })();
    const result = await autocannon({ url: GATEWAY, duration: LOAD, connections: 16, timeout: 60, requests: ROUTES.map((path) => ({ path })) });
    working = false;
    await beside;
    console.log(`load: ${result.requests.total} requests, p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms, ${result["4xx"]} × 4xx, ${result["5xx"]} × 5xx, ${result.errors} errors`);
    assert.ok(result.requests.total > LOAD, "the load was none");
    assert.deepEqual({ errors: result.errors, timeouts: result.timeouts, server: result["5xx"] }, { errors: 0, timeouts: 0, server: 0 });
    const refused = result.statusCodeStats ?? {};
    assert.deepEqual(Object.keys(refused).filter((code) => !["200", "429"].includes(code)), []);
    await calm();
    assert.deepEqual(await broken({ source, begun: new Date().toISOString(), ended: false, ask }), []);
  });
});
