// Enrichment that is run again, or killed in the middle, ends in the content of an undisturbed run. Each step is held up by a lock
// on what it is about to write, so that the process dies exactly there; the product knows nothing of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SECRET, connect, crash, down, get, healthy, holdUp, post, sandbox, until, up, waitsAtALock } from "./house.mjs";

const BACKFILL = ["/api/internal/trades/analytics/backfill", { source: "alpha_sync", limit: 10_000, dry_run: false }];
const OUTCOMES = ["/api/internal/trades/outcomes/backfill", { source: "alpha_sync", limit: 10_000, lookback_days: 3_650, dry_run: false }];
/** More than one portion of each step but the context's. */
const TRADES = 1_200;
/** The last of them, ten hours old: each of their horizons is to come. */
const PENDING = 12;
const STARTED = Date.now();
const CONTRACTS = ["MSTR  271217C00400000", "MSTR  271217P00300000", "COIN  271217C00300000", "COIN  261009P00250000", "GME   271217C00030000"];

let watcher;
let undisturbed;

function execution(n) {
  const recent = n >= TRADES - PENDING;
  const symbol = recent ? "MSTR  351221C00400000" : CONTRACTS[n % CONTRACTS.length];
  // minutes of the sessions of 15 September to 6 October: 15:00 to 19:00 UTC is within each of them. No horizon may fall due while
  // the test runs: its state is another one then, and rightly so.
  const session = Date.parse("2026-09-15T15:00:00Z") + (n % 22) * 86_400_000 + (n % 240) * 60_000 + 30_000;
  const at = new Date(recent ? STARTED - 10 * 3_600_000 : session).toISOString();
  return {
    ...{ trade_id: `N-${String(n).padStart(5, "0")}`, version: 1, portfolio: n % 2 ? "IMST" : "ICOI", status: "filled", recon_status: "matched" },
    ...{ symbol, underlying: symbol.slice(0, 4).trim(), side: n % 3 ? "sell_to_open" : "buy_to_open", quantity: 1 + (n % 9), price: `${5 + (n % 20)}.5` },
    ...{ multiplier: 100, fees: n % 4 ? 1.25 : null, currency: "USD", executed_at: at, updated_at: new Date(Date.now() - 3_600_000).toISOString(), settle_date: null },
  };
}

const EXECUTIONS = Array.from({ length: TRADES }, (_, n) => execution(n));

/** What the backfills write, when they wrote it aside. */
async function content() {
  const { rows } = await watcher.query(`
    select md5(string_agg(t, '|' order by t)) as sum, count(*)::int as n from (
      select 'c' || (to_jsonb(c) - 'computed_at')::text as t from market_context c
      union all select 'b' || (to_jsonb(b) - 'computed_at')::text from execution_benchmark b
      union all select 'o' || (to_jsonb(o) - 'computed_at')::text from outcome_mark o) all_of_it`);
  return rows[0];
}

const rowsOf = async (table) => (await watcher.query(`select count(*)::int as n from ${table}`)).rows[0].n;
const emptied = () => watcher.query("truncate market_context, execution_benchmark, outcome_mark");

async function whole() {
  for (const [path, body] of [BACKFILL, OUTCOMES]) {
    const answer = await post(path, body);
    assert.equal(answer.body.status, "ok", answer.text);
  }
}

before(async () => {
  await up();
  watcher = await connect("analytics");
  const range = { from: "2026-09-14", to: "2026-10-07", types: ["spot", "vol_metrics", "gex"], currencies: ["BTC"], dry_run: false };
  const captured = await post("/api/admin/snapshot/backfill", range);
  assert.equal(captured.body.by_status.ok, 72, captured.text);
  await sandbox("PUT", "/control/alpha/executions", { data: EXECUTIONS });
  const sync = (await post("/api/internal/trades/sync", { dry_run: false })).body;
  assert.equal(sync.inserted, TRADES, JSON.stringify(sync));
  assert.equal(sync.analytics.status, "ok", JSON.stringify(sync.analytics));
  assert.equal(sync.analytics.summary.steps.length, 4);
  await whole();
  undisturbed = await content();
  assert.equal(undisturbed.n, TRADES * 5);
});
after(async () => {
  await watcher?.end();
  await down();
});

test("every family of states adds up, and most of each is known", async () => {
  const q = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body.quality;
  assert.equal(q.total_trades, TRADES);
  assert.equal(q.ok_context + q.missing_context + q.stale_context + q.unmapped_context, TRADES);
  assert.equal(q.available_benchmark + q.model_benchmark + q.implausible_benchmark + q.pending_benchmark + q.missing_benchmark + q.unavailable_benchmark, TRADES);
  assert.equal(q.available_outcomes + q.pending_outcomes + q.unavailable_outcomes, TRADES);
  assert.equal(q.pending_outcomes, PENDING);
  const unmapped = EXECUTIONS.filter((e) => e.underlying === "GME").length;
  assert.ok(q.unmapped_context === unmapped && q.ok_context > TRADES / 2, JSON.stringify(q));
  assert.ok(q.available_benchmark > TRADES / 4 && q.model_benchmark > 20 && q.available_outcomes > TRADES / 4, JSON.stringify(q));
});

test("a model mark says why no quote was defended, and where it is from", async () => {
  const { rows } = await watcher.query("select source_trade_id, reason, mark_source, arrival_mid, raw_id from execution_benchmark where state = 'model' and mark_source = 'tradfi_surface' limit 1");
  assert.ok(rows[0].reason && rows[0].arrival_mid > 0 && rows[0].raw_id, JSON.stringify(rows));
  const story = (await get(`/api/internal/trades/${rows[0].source_trade_id}/analytics`)).body;
  const trace = story.lineage.find((l) => l.table === "analytics.execution_benchmark");
  assert.match(trace.raw.endpoint, /delta-surfaces\/floating\/tradfi/);
  assert.match(trace.raw.sha256, /^[0-9a-f]{64}$/);
  const context = story.lineage.find((l) => l.table === "analytics.market_context");
  assert.ok(story.market_context.state !== "ok" || context.raw.some((r) => r.table === "spot_snapshots" && r.raw[0].sha256), JSON.stringify(context));
});

test("running either backfill again changes nothing, not even the time", async () => {
  const stamped = async () =>
    (await watcher.query("select (select sum(extract(epoch from computed_at)) from market_context) || ' ' || (select sum(extract(epoch from computed_at)) from execution_benchmark) || ' ' || (select sum(extract(epoch from computed_at)) from outcome_mark) as sum")).rows[0].sum;
  const before = await stamped();
  await whole();
  assert.deepEqual(await content(), undisturbed);
  assert.equal(await stamped(), before);
});

/** Uncommitted, the same key in another session: whoever comes to it waits. The oldest executions come last. */
const atTheOldest = (table, key, columns = "", values = "") => `
  insert into ${table} (source_trade_id, context_key, for_version, state, computed_at ${columns})
  select source_trade_id, '${key}', 1, 'held', now() ${values} from execution order by executed_at, source_trade_id desc limit 1`;

const PLACES = [
  ["before the context is written", BACKFILL, "lock table market_context in exclusive mode", { market_context: 0 }],
  ["before the first benchmark is written", BACKFILL, "lock table execution_benchmark in exclusive mode", { market_context: TRADES, execution_benchmark: 0 }],
  ["in the middle of the benchmarks", BACKFILL, atTheOldest("execution_benchmark", "arrival"), { market_context: TRADES, execution_benchmark: 1_000 }],
  ["before freshness is written", BACKFILL, "lock table internal_trade_sync_state in exclusive mode", { market_context: TRADES, execution_benchmark: TRADES }],
  ["before the first mark is written", OUTCOMES, "lock table outcome_mark in exclusive mode", { outcome_mark: 0 }],
  ["in the middle of the marks", OUTCOMES, atTheOldest("outcome_mark", "horizon_1d", ", horizon_days", ", 1"), { outcome_mark: 3_000 }],
];

describe("killed", () => {
  for (const [name, [path, body], sql, stands] of PLACES) {
    test(`${name}: what was stored stands, and the next run ends where an undisturbed one does`, async () => {
      await emptied();
      const freshness = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body.freshness;
      const release = await holdUp("analytics", sql);
      const broken = post(path, body).catch((e) => ({ status: String(e) }));
      await waitsAtALock(watcher, "the backfill at its lock");
      crash("analytics-service");
      await release();
      assert.notEqual((await broken).status, 200);
      await until("a healthy analytics-service", 60, healthy("analytics"));
      for (const [table, rows] of Object.entries(stands)) assert.equal(await rowsOf(table), rows, table);
      assert.deepEqual((await get("/api/internal/trades/analytics/status?source=alpha_sync")).body.freshness, freshness);
      await whole();
      assert.deepEqual(await content(), undisturbed);
      const runs = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body.last_runs;
      assert.ok(runs.slice(0, 3).some((r) => r.status === "abandoned"), JSON.stringify(runs.slice(0, 3)));
    });
  }

  test("a job goes on by itself where it was, and tells how far it is", async () => {
    await emptied();
    const [path, body] = OUTCOMES;
    const release = await holdUp("analytics", atTheOldest("outcome_mark", "horizon_1d", ", horizon_days", ", 1"));
    const job = (await post(path, body, { "x-admin-secret": SECRET, Prefer: "respond-async" })).body;
    await waitsAtALock(watcher, "the job at its lock");
    const underway = await until("its progress", 10, async () => {
      const now = (await get(`/api/jobs/${job.id}`)).body;
      return now.done === 1_000 && now;
    });
    assert.deepEqual([underway.step, underway.total, underway.status], ["outcome_marks", TRADES, "running"]);
    crash("analytics-service");
    await release();
    const done = await until("the end of the job", 90, async () => {
      const now = (await get(`/api/jobs/${job.id}`)).body;
      return now.status === "done" && now;
    });
    assert.equal(done.attempts, 2);
    assert.equal(done.result.rows_written, (TRADES - 1_000) * 3);
    await whole();
    assert.deepEqual(await content(), undisturbed);
  });
});

test("two backfills at once: one runs, the other is told who does", async () => {
  const release = await holdUp("analytics", "lock table pipeline_run in exclusive mode");
  const first = post(...BACKFILL);
  await waitsAtALock(watcher, "the first at its lock");
  const second = await post(...BACKFILL);
  assert.equal(second.status, 409, second.text);
  await release();
  assert.equal((await first).body.status, "ok");
});

test("a corrected execution is enriched again, and the projection says how far it is", async () => {
  await sandbox("POST", "/control/alpha/executions", { data: [{ ...execution(0), version: 2, price: "9.25", updated_at: new Date().toISOString() }] });
  assert.equal((await post("/api/internal/trades/sync", { dry_run: false })).body.updated, 1);
  const status = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body;
  assert.ok(status.projection.lag_seconds < 30 && status.projection.caught_up_at, JSON.stringify(status.projection));
  const story = (await get("/api/internal/trades/N-00000/analytics")).body;
  assert.deepEqual([story.execution.version, story.execution_benchmark.for_version], [2, 2]);
  assert.equal(story.outcome_marks.length, 0, "marks of the earlier version count as absent");
});

test("a vendor's outage is no success, is owed, and is made good without anybody's doing", async () => {
  const status = async () => (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body;
  const before = await status();
  await sandbox("POST", "/control/faults", { vendor: "amberdata", kind: "status", status: 500, times: -1 });
  const later = { ...execution(1), trade_id: "N-OUTAGE", symbol: "MSTR  271217C00500000", updated_at: new Date().toISOString() };
  await sandbox("POST", "/control/alpha/executions", { data: [later] });
  const sync = (await post("/api/internal/trades/sync", { dry_run: false })).body;
  assert.equal(sync.inserted, 1);
  assert.equal(sync.analytics.status, "partial_error", JSON.stringify(sync.analytics));
  assert.match(sync.analytics.reason, /^execution_benchmarks: the vendor failed for 1 executions/);
  const down = await status();
  assert.equal(down.quality.pending_benchmark, 1);
  assert.equal(down.freshness.last_successful_sync_at, before.freshness.last_successful_sync_at);
  assert.match(down.freshness.last_error, /the vendor failed/);
  await sandbox("DELETE", "/control/faults");
  const healed = await until("the benchmark that was owed", 240, async () => {
    const now = await status();
    return now.quality.pending_benchmark === 0 && now.freshness.last_error === null && now;
  });
  assert.ok(healed.last_runs.some((r) => r.kind === "benchmark_retry" && r.status === "ok"), JSON.stringify(healed.last_runs));
});
