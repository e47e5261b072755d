// Execution sync killed between any two of its steps. Each step is held up by a lock on what it is about to touch, so that the
// process dies exactly there; the product knows nothing of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SECRET, connect, crash, down, get, healthy, holdUp, post, remove, sandbox, until, up, waitsAtALock } from "./house.mjs";

const SYNC = "/api/internal/trades/sync";
const MERGE_LOCK = "select pg_advisory_lock(hashtextextended('trade_sync.merge', 0))";
const ASYNC = { Prefer: "respond-async" };

let watcher;
before(async () => {
  await up();
  watcher = await connect("trade_sync");
  await sandbox("PUT", "/control/alpha/executions", { data: Array.from({ length: 300 }, (_, i) => execution(`C-${i}`)) });
  assert.equal((await post(SYNC, { dry_run: false })).body.inserted, 300);
  await settled();
});
after(async () => {
  await watcher?.end();
  await down();
});

function execution(id, version = 1, changes = {}) {
  return {
    ...{ trade_id: id, version, portfolio: "IMST", status: "filled", recon_status: "matched", symbol: "MSTR  271217C00400000", underlying: "MSTR" },
    ...{ side: "sell_to_open", quantity: 3, price: `${10 + version}.5`, multiplier: 100, fees: null, currency: "USD" },
    ...{ executed_at: "2026-11-20T15:00:00Z", updated_at: new Date().toISOString(), settle_date: null },
    ...changes,
  };
}

/** Everything that a sync writes, as one text. */
async function content() {
  const { rows } = await watcher.query(`
    select md5(string_agg(t, '|' order by t)) as sum from (
      select 'e' || e::text as t from execution e
      union all select 'h' || h::text from execution_history h
      union all select 'r' || r::text from rejected_execution r
      union all select 'w' || scope_key || watermark_updated_at || watermark_trade_id from internal_trade_sync_state
      union all select 'o' || run_id || after_change_seq || upto_change_seq from enrichment_owed) all_of_it`);
  return rows[0].sum;
}

const settled = () => until("no enrichment owed", 60, async () => (await get(`${SYNC}/status`)).body.owed_enrichment.count === 0);

const waitsFor = (what) => waitsAtALock(watcher, what);

const hold = (sql) => holdUp("trade_sync", sql);

const STEPS = {
  "before the ledger knows of the run": () => hold("lock table sync_run in exclusive mode"),
  "before the merge": () => hold(MERGE_LOCK),
  "before a replaced version is kept": () => hold("lock table execution_history in exclusive mode"),
  "before the cache is written": () => hold("lock table execution in exclusive mode"),
  "before a bad row is kept": () => hold("lock table rejected_execution in exclusive mode"),
  "before the watermark moves": () => hold("lock table internal_trade_sync_state in exclusive mode"),
  "before the enrichment is owed": () => hold("lock table enrichment_owed in exclusive mode"),
};

let round = 0;
const corrections = new Map();
/** One new execution, one correction, one bad row. */
async function change() {
  round++;
  const corrected = `C-${round}`;
  corrections.set(corrected, 2);
  await sandbox("POST", "/control/alpha/executions", {
    data: [execution(`NEW-${round}`), execution(corrected, 2), execution(`BAD-${round}`, 1, { quantity: 0 })],
  });
}

async function broughtToTheEnd(sync) {
  assert.deepEqual([sync.inserted, sync.updated, sync.rejected], [1, 1, 1], JSON.stringify(sync));
  await whole();
}

/** Cache = source, each correction kept once, each bad row once. */
async function whole() {
  const diagnostic = (await post(SYNC, { full_scope_diagnostic: true })).body;
  assert.deepEqual(
    [diagnostic.unmatched_source_count, diagnostic.unmatched_local_count, diagnostic.mismatched_count, diagnostic.quantity_delta, diagnostic.premium_delta_usd],
    [0, 0, 0, 0, 0],
  );
  assert.equal(diagnostic.local_scope_row_count, 300 + round);
  const { rows } = await watcher.query(
    "select (select count(*)::int from execution_history) as replaced, (select count(*)::int from rejected_execution) as rejected, (select count(*)::int from execution) as cached",
  );
  assert.deepEqual(rows[0], { replaced: round, rejected: round, cached: 300 + round });
  const preview = (await post(SYNC, {})).body;
  assert.equal(preview.fetched, 0);
}

async function killed(held) {
  const broken = post(SYNC, { dry_run: false }).catch((e) => ({ status: String(e) }));
  await waitsFor("the sync at its lock");
  crash("trade-sync-service");
  await held();
  assert.notEqual((await broken).status, 200);
  await until("a healthy trade-sync-service", 60, healthy("trade-sync"));
}

describe("kill -9", () => {
  for (const [name, step] of Object.entries(STEPS)) {
    test(`${name}: nothing stands, and the next sync brings everything`, async () => {
      await change();
      const before = await content();
      await killed(await step());
      assert.equal(await content(), before);
      await broughtToTheEnd((await post(SYNC, { dry_run: false })).body);
    });
  }

  test("in the walk: nothing stands, and the next sync brings everything", async () => {
    await change();
    const before = await content();
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 3000, times: 1 });
    const broken = post(SYNC, { dry_run: false }).catch((e) => ({ status: String(e) }));
    await new Promise((resolve) => setTimeout(resolve, 700));
    crash("trade-sync-service");
    assert.notEqual((await broken).status, 200);
    await until("a healthy trade-sync-service", 60, healthy("trade-sync"));
    assert.equal(await content(), before);
    await broughtToTheEnd((await post(SYNC, { dry_run: false })).body);
  });

  test("between the last write and the commit: nothing stands, and the next sync brings everything", async () => {
    await change();
    const before = await content();
    const merge = await hold(MERGE_LOCK);
    const broken = post(SYNC, { dry_run: false }).catch((e) => ({ status: String(e) }));
    await waitsFor("the sync before its merge");
    const ledger = await hold("lock table sync_run in exclusive mode");
    await merge();
    await waitsFor("the sync at its ledger");
    crash("trade-sync-service");
    await ledger();
    assert.notEqual((await broken).status, 200);
    await until("a healthy trade-sync-service", 60, healthy("trade-sync"));
    assert.equal(await content(), before);
    await broughtToTheEnd((await post(SYNC, { dry_run: false })).body);
  });

  test("after the commit, before the enrichment: the sync stands, and its enrichment is made good", async () => {
    await change();
    await killed(await hold("select pg_advisory_xact_lock(hashtextextended('analytics.projection', 0))"));
    await whole();
    await settled();
    const story = (await get(`/api/internal/trades/NEW-${round}/analytics`)).body;
    assert.ok(story.market_context, JSON.stringify(story));
  });

  test("a sync that runs as a job is taken up again by itself", async () => {
    await change();
    const held = await hold("lock table execution in exclusive mode");
    const job = await post(SYNC, { dry_run: false }, { "x-admin-secret": SECRET, ...ASYNC });
    assert.equal(job.status, 202);
    await waitsFor("the job at its lock");
    crash("trade-sync-service");
    await held();
    const done = await until("the end of the job", 60, async () => {
      const now = (await get(`/api/jobs/${job.body.id}`)).body;
      return now.status === "done" && now;
    });
    assert.equal(done.attempts, 2);
    await broughtToTheEnd(done.result);
  });
});

describe("the database", () => {
  const backends = "from pg_stat_activity where usename = 'trade_sync' and wait_event_type = 'Lock'";
  for (const [name, sql, says] of [
    ["ends the connection", `select pg_terminate_backend(pid) ${backends}`, /database/],
    ["breaks off a statement", `select pg_cancel_backend(pid) ${backends}`, /57014/],
  ]) {
    test(`${name} in a run: a clear error, nothing stands, and the next sync brings everything`, async () => {
      await change();
      const before = await content();
      const held = await hold("lock table execution in exclusive mode");
      const broken = post(SYNC, { dry_run: false });
      await waitsFor("the sync at its lock");
      await watcher.query(sql);
      const answer = await broken;
      await held();
      assert.equal(answer.status, 503, answer.text);
      assert.match(answer.body.detail, says);
      assert.match(answer.body.detail, /nothing of this run was kept/);
      assert.equal(await content(), before);
      assert.match((await get(`${SYNC}/status`)).body.last_error, says);
      await broughtToTheEnd((await post(SYNC, { dry_run: false })).body);
    });
  }
});

describe("SIGTERM", () => {
  test("a job stops at its next safe point within 8 s, and goes on after the restart", async () => {
    await change();
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 2000, times: 3 });
    const job = await post(SYNC, { dry_run: false, full_scope_diagnostic: true }, { "x-admin-secret": SECRET, ...ASYNC });
    await until("the job", 10, async () => (await get(`/api/jobs/${job.body.id}`)).body.status === "running");
    const start = Date.now();
    const pid = crash("trade-sync-service", "SIGTERM");
    await until("the end of the process", 8, () => {
      try {
        return process.kill(pid, 0) && false;
      } catch {
        return true;
      }
    });
    assert.ok(Date.now() - start < 8000);
    const done = await until("the end of the job", 60, async () => {
      const now = (await get(`/api/jobs/${job.body.id}`)).body;
      return now.status === "done" && now;
    });
    assert.ok(done.attempts >= 2);
    await whole();
  });

  test("a job is cancelled through the gateway, with the secret only", async () => {
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 2000, times: 1 });
    const job = await post(SYNC, { full_scope_diagnostic: true }, { "x-admin-secret": SECRET, ...ASYNC });
    assert.equal((await remove(`/api/jobs/${job.body.id}`, {})).status, 401);
    assert.equal((await remove(`/api/jobs/${job.body.id}`)).status, 202);
    const end = await until("the end of the job", 20, async () => {
      const now = (await get(`/api/jobs/${job.body.id}`)).body;
      return now.finished_at && now;
    });
    assert.equal(end.status, "cancelled");
    assert.equal((await get("/api/jobs/other-1")).status, 404);
    const events = await get(`/api/jobs/${job.body.id}/events`);
    assert.match(events.headers.get("content-type"), /event-stream/);
    assert.match(events.text, /"status":"cancelled"/);
  });
});

describe("alert-service", () => {
  test("killed between Slack's delivery and its ledger: the ledger says unknown, and nothing is sent twice unasked", async () => {
    // without snapshots every market input is missing: the data-quality signals stand
    const signals = (await post("/api/alerts/refresh", {})).body.items;
    assert.ok(signals.length > 0);
    await sandbox("POST", "/control/faults", { vendor: "slack", kind: "latency", delay_ms: 4000, times: 1, after_effect: true });
    const broken = post("/api/alerts/dispatch", { dry_run: false }).catch((e) => ({ status: String(e) }));
    await until("the message at Slack", 10, async () => (await sandbox("GET", "/control/slack/messages")).body.length === 1);
    crash("alert-service");
    assert.notEqual((await broken).status, 200);
    await until("a healthy alert-service", 60, healthy("alert"));
    const ledger = (await get("/api/alerts/dispatches")).body.items;
    assert.equal(ledger.length, 1);
    assert.deepEqual([ledger[0].status, ledger[0].error], ["unknown", "the service stopped while sending"]);
    const again = (await post("/api/alerts/dispatch", { dry_run: false })).body;
    assert.deepEqual([...new Set(again.results.map((r) => r.status))], ["duplicate"]);
    assert.match(again.results[0].reason, /may have arrived/);
    assert.equal((await sandbox("GET", "/control/slack/messages")).body.length, 1);
    // asked for by name it is sent again, and the ledger has both
    const asked = (await post("/api/alerts/dispatch", { dry_run: false, signal_ids: [again.results[0].signal_id] })).body;
    assert.deepEqual(asked.results.map((r) => r.status), ["delivered"]);
    assert.equal((await sandbox("GET", "/control/slack/messages")).body.length, 2);
    assert.deepEqual((await get("/api/alerts/dispatches")).body.items.map((d) => d.status), ["delivered", "unknown"]);
  });
});
