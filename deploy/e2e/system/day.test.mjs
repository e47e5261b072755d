// The operator's day, once, through the gateway alone; then what must not happen; then the pages in a browser.
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { chromium } from "playwright-core";
import { DATABASE_PORT, GATEWAY, SECRET, TARGET, crash, down, get, healthy, log, post, sandbox, until, up } from "./house.mjs";

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const DAYS_AGO = (n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
const SYNC = "/api/internal/trades/sync";

before(async () => {
  console.log(await up());
});
after(async () => {
  await down();
});

describe("the day", () => {
  test("health is plain at the gateway and deep below it", async () => {
    assert.equal((await get("/api/health")).status, 200);
    const deep = (await get("/api/health/deep")).body;
    assert.deepEqual(deep.services.map((s) => [s.service, s.status]), [
      ["alert", "ok"],
      ["analytics", "ok"],
      ["snapshot", "ok"],
      ["trade-sync", "ok"],
    ]);
  });

  test("incremental preview, full-scope diagnostic, real sync, and its enrichment", async () => {
    const preview = (await post(SYNC, { source: "alpha_sync" })).body;
    assert.equal(preview.diagnostic_scope, "incremental_delta");
    assert.equal(preview.fetched, 749);
    const before = (await post(SYNC, { source: "alpha_sync", full_scope_diagnostic: true })).body;
    assert.equal(before.local_scope_row_count, 0);
    assert.equal(before.unmatched_source_trade_ids.length, 749);

    const real = (await post(SYNC, { source: "alpha_sync", dry_run: false })).body;
    assert.equal(real.inserted, 749);
    assert.equal(real.analytics.status, "ok", JSON.stringify(real.analytics));
    assert.equal(real.analytics.summary.rows_processed, 1498);

    const clean = await post(SYNC, { source: "alpha_sync", full_scope_diagnostic: true });
    assert.equal(clean.body.source_row_count, 749);
    assert.equal(clean.body.local_scope_row_count, 749);
    assert.deepEqual(clean.body.unmatched_source_trade_ids, []);
    assert.deepEqual(clean.body.unmatched_local_trade_ids, []);
    for (const exact of ['"source_total_quantity":269267.0', '"local_total_quantity":269267.0', '"quantity_delta":0.0', '"source_total_premium_usd":466630651.75', '"local_total_premium_usd":466630651.75', '"premium_delta_usd":0.0']) {
      assert.ok(clean.text.includes(exact), `${exact} in ${clean.text.slice(0, 1500)}`);
    }
    const quiet = (await post(SYNC, { source: "alpha_sync" })).body;
    assert.deepEqual([quiet.fetched, quiet.normalized, quiet.rejected, quiet.premium_delta_usd, quiet.quantity_delta], [0, 0, 0, 0, 0]);
  });

  test("snapshots of yesterday and of the recorded day", async () => {
    const daily = (await post("/api/admin/snapshot", {})).body;
    assert.equal(daily.target_date, YESTERDAY);
    assert.deepEqual([...new Set(daily.snapshots.map((s) => s.status))], ["ok"], JSON.stringify(daily));
    assert.equal(daily.snapshots.length, 15);
    const recorded = (await post("/api/admin/snapshot", { target_date: "2024-04-01", currencies: ["BTC"] })).body;
    assert.equal(recorded.snapshots.find((s) => s.type === "gex").records, 912);
    assert.equal(recorded.snapshots.find((s) => s.type === "oi").records, 1064);
    const status = (await get("/api/snapshots/status")).body;
    assert.equal(status.latest_complete_date, YESTERDAY);
    assert.ok(status.items.every((i) => i.status === "ok"));
    const coverage = (await get("/api/snapshots/coverage?from=2024-04-01&to=2024-04-01&currency=BTC")).body;
    assert.deepEqual([...new Set(coverage.cells.map((c) => c.status))], ["ok"]);
    const remediation = (await get("/api/snapshots/remediation")).body;
    assert.equal(remediation.items.length, 20);
  });

  test("market history by backfill, dry first, gives executions their context", async () => {
    const range = { from: DAYS_AGO(40), to: YESTERDAY, types: ["vol_metrics", "spot"], currencies: ["BTC"] };
    const plan = (await post("/api/admin/snapshot/backfill", range)).body;
    assert.equal(plan.dry_run, true);
    assert.equal(plan.tasks, 80);
    const done = (await post("/api/admin/snapshot/backfill", { ...range, dry_run: false })).body;
    assert.equal(done.by_status.ok, 80, JSON.stringify(done));
    // the executions stay where they are, however far the days go on; ranks look back 90 days from the last of them
    const ofTrades = (await post("/api/admin/snapshot/backfill", { ...range, from: "2026-08-15", to: "2026-11-20", dry_run: false })).body;
    assert.equal(ofTrades.by_status.ok, 196, JSON.stringify(ofTrades));
    await post("/api/admin/snapshot/backfill", { from: "2026-11-17", to: "2026-11-20", types: ["iv_surface", "gex"], currencies: ["BTC"], dry_run: false });
    await post("/api/admin/snapshot/backfill", { from: DAYS_AGO(4), to: YESTERDAY, types: ["iv_surface", "gex"], currencies: ["BTC", "ETH", "SOL"], dry_run: false });
  });

  test("analytics status, backfill and outcomes, dry and real, then performance", async () => {
    const healed = await until("contexts of the captured days, without anybody asking", 120, async () => {
      const now = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body;
      return now.quality.ok_context > 10 && now;
    });
    assert.ok(healed.last_runs.some((r) => r.kind === "context_refresh" && r.status === "ok"), JSON.stringify(healed.last_runs));
    const body = { source: "alpha_sync", limit: 500, dry_run: true, include_context: true, include_execution: true, include_outcomes: false };
    const dry = (await post("/api/internal/trades/analytics/backfill", body)).body;
    assert.equal(dry.status, "ok");
    assert.deepEqual(dry.steps.map((s) => s.name), ["market_context", "execution_benchmarks", "opportunity_alignment", "outcome_attribution"]);
    assert.equal(dry.steps[2].status, "derived_on_read");
    assert.ok(dry.steps.every((s) => s.rows_written === 0));
    const real = (await post("/api/internal/trades/analytics/backfill", { ...body, dry_run: false })).body;
    assert.equal(real.status, "ok");
    const status = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body;
    const q = status.quality;
    assert.ok(q.ok_context > 10, JSON.stringify(q));
    assert.equal(q.ok_context + q.missing_context + q.stale_context + q.unmapped_context, q.total_trades);
    assert.equal(q.available_benchmark + q.model_benchmark + q.implausible_benchmark + q.pending_benchmark + q.missing_benchmark + q.unavailable_benchmark, q.total_trades);
    assert.equal(q.available_outcomes + q.pending_outcomes + q.unavailable_outcomes, q.total_trades);
    assert.equal(status.freshness.last_error, null);

    const outcomes = { source: "alpha_sync", limit: 100, lookback_days: 3650, horizons: [1, 7, 30], dry_run: true, quote_window_minutes: 30, max_mark_staleness_minutes: 60 };
    const dryMarks = (await post("/api/internal/trades/outcomes/backfill", outcomes)).body;
    assert.equal(dryMarks.rows_written, 0);
    assert.deepEqual(dryMarks.horizons.map((h) => h.horizon_days), [1, 7, 30]);
    const marks = (await post("/api/internal/trades/outcomes/backfill", { ...outcomes, dry_run: false })).body;
    assert.equal(marks.rows_written, 300);
    const performance = (await get("/api/internal/trades/performance?source=alpha_sync")).body.overall;
    assert.equal(performance.trades, 749);
    const week = performance.outcomes.find((o) => o.horizon_days === 7).pnl_usd;
    assert.ok(week.n > 50 && week.n + week.left_out === 749, JSON.stringify(week));
    assert.ok(performance.alignment.labels.aligned || performance.alignment.labels.against || performance.alignment.labels.neutral);
    const again = (await post("/api/internal/trades/outcomes/backfill", { ...outcomes, limit: 749, dry_run: false })).body;
    assert.ok(again.rows_written > 1000, "the rest of the scope");
  });

  test("vol analytics of yesterday and of the recorded day", async () => {
    const profile = (await get("/api/analytics/gamma-profile?currency=BTC")).body;
    assert.equal(profile.state, "ok");
    const density = (await get("/api/probability/density?currency=BTC&dte=30&date=2024-04-01")).body;
    assert.equal(density.density_quality.state, "ok", JSON.stringify(density.density_quality));
    assert.ok(Math.abs(density.density_quality.area - 1) < 0.03);
    const series = (await get("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-02")).body;
    assert.equal(series.points.length, 1);
    assert.equal(series.points[0].spot, 71291.17);
    assert.ok((await get("/api/flow/gex?currency=BTC")).body.points.length >= 96);
    for (const path of ["gex-levels", "thresholds", "spot-vol", "smile-tracking", "regime", "term-structure", "surface", "overview"]) {
      assert.equal((await get(`/api/analytics/${path}?currency=ETH`)).status, 200, path);
    }
    assert.equal((await get("/api/reference-rates?asset=eth")).body.source, "derivatives_underlying");
    assert.ok((await get("/api/volume-24h?currency=BTC")).body.volume_usd > 0);
  });

  test("signals reach Slack: dry first, then once", async () => {
    const signals = (await post("/api/alerts/refresh", {})).body.items;
    assert.ok(signals.length > 0);
    const dry = (await post("/api/alerts/dispatch", {})).body;
    assert.equal(dry.dry_run, true);
    assert.equal((await sandbox("GET", "/control/slack/messages")).body.length, 0);
    const sent = (await post("/api/alerts/dispatch", { dry_run: false })).body;
    assert.equal(sent.status, "ok");
    const kept = (await sandbox("GET", "/control/slack/messages")).body;
    assert.equal(kept.length, 1);
    assert.deepEqual(kept[0].body, sent.message);
    assert.equal((await get("/api/alerts/dispatches")).body.items[0].status, "delivered");
  });

  test("a real sync stands on its preview; differences and contracts have their routes", async () => {
    await sandbox("POST", "/control/alpha/switch/absurd");
    await sandbox("POST", "/control/alpha/switch/future");
    const preview = (await post(SYNC, { source: "alpha_sync" })).body;
    assert.equal(preview.rejected, 6);
    assert.equal(preview.from_future, 1);
    const names = [...new Set(preview.exceptions.map((e) => e.name))];
    const refused = await post(SYNC, { dry_run: false, preview_run_id: preview.run_id });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.exceptions.length, names.length);
    const before = (await get(`${SYNC}/status?source=alpha_sync`)).body.watermark;
    const real = await post(SYNC, { dry_run: false, preview_run_id: preview.run_id, accept: names });
    assert.equal(real.status, 200, real.text);
    assert.equal(real.body.inserted, 1);
    assert.deepEqual(real.body.watermark, before, "neither a bad row nor one from the future moves it");
    const card = (await get(`${SYNC}/status?source=alpha_sync`)).body;
    assert.deepEqual(card.alarms.map((a) => a.kind), ["rows_from_future"]);
    const syncAlarms = async () => (await post("/api/alerts/refresh", {})).body.items.filter((s) => s.kind === "sync_alarm").map((s) => s.fingerprint);
    assert.deepEqual(await syncAlarms(), ["sync_alarm||rows_from_future"]);
    await sandbox("POST", "/control/alpha/reset");
    await post(SYNC, { dry_run: false, full_scope_diagnostic: true });
    const desk = (await get("/api/internal/trades/diagnostics")).body;
    const gone = desk.items.find((item) => item.kind === "unmatched_local");
    assert.equal(gone.trade_id, "SBX-FUTURE");
    assert.equal((await post(`/api/internal/trades/diagnostics/${gone.id}/acknowledge`, {}, {})).status, 401);
    const retired = await post(`/api/internal/trades/diagnostics/${gone.id}/acknowledge`, { reason_code: "source_removed", action: "retire" });
    assert.equal(retired.body.resolution, "retired", retired.text);
    assert.equal((await post(SYNC, { full_scope_diagnostic: true })).body.clean, true);
    assert.deepEqual(await syncAlarms(), [], "what the card does not list any more is over");
    assert.equal((await get(`${SYNC}/status?source=alpha_sync`)).body.open_rejected, 0, "withdrawn");
    assert.deepEqual((await get("/api/internal/contracts")).body.items.map((c) => c.identity.status), ["exact_listed", "exact_listed"]);
    assert.equal((await post("/api/internal/contracts/MSTR1", {}, {})).status, 401);
  });

  test("Cloud Scheduler's token takes the snapshot route", async () => {
    const token = (await sandbox("POST", "/control/token", { aud: GATEWAY })).text;
    const bearer = { Authorization: `Bearer ${token}` };
    assert.equal((await post("/api/admin/snapshot", { types: ["spot"] }, bearer)).status, 200);
    assert.equal((await post("/api/alerts/refresh", {}, bearer)).status, 401);
  });
});

describe("what must not happen", () => {
  test("a locked route without or with a wrong secret changes nothing", async () => {
    const before = (await get(`${SYNC}/runs`)).text;
    for (const path of [SYNC, "/api/internal/trades/analytics/backfill", "/api/internal/trades/outcomes/backfill", "/api/admin/snapshot", "/api/admin/snapshot/backfill", "/api/alerts/refresh", "/api/alerts/dispatch", "/api/alerts/silences"]) {
      assert.equal((await post(path, {}, {})).status, 401, path);
      const wrong = await post(path, {}, { "x-admin-secret": "wrong-secret" });
      assert.equal(wrong.status, 401, path);
      assert.ok(!wrong.text.includes("wrong-secret"));
      assert.equal((await post(path.replace("/api", "/api/admin-proxy"), {})).status, 401, `${path} through the proxy without a session`);
    }
    assert.equal((await get(`${SYNC}/runs`)).text, before);
    assert.equal((await post("/api/admin-proxy/internal/enrichment", {})).status, 404);
  });

  test("a service's role cannot read another's schema", async () => {
    const client = new pg.Client({ host: "localhost", port: DATABASE_PORT, database: "voldesk", user: "alert", password: "alert" });
    await client.connect();
    try {
      assert.ok((await client.query("select count(*) from signal")).rows[0].count > 0);
      for (const table of ["trade_sync.execution", "analytics.market_context", "snapshot.raw_payload"]) {
        await assert.rejects(client.query(`select * from ${table} limit 1`), /permission denied for schema/, table);
      }
      await assert.rejects(client.query("create table public.x (id int)"), /permission denied/);
    } finally {
      await client.end();
    }
  });

  test("bad rows are quarantined, the rest goes on, and the totals hold", async () => {
    await sandbox("POST", "/control/alpha/switch/bad");
    await sandbox("POST", "/control/alpha/switch/pending");
    const preview = (await post(SYNC, {})).body;
    assert.equal(preview.rejected, 7);
    assert.equal(preview.inserted, 0);
    await sandbox("POST", "/control/alpha/reset");
  });

  test("an Alpha outage fails the run in its own words and leaves the watermark", async () => {
    const before = (await get(`${SYNC}/status?source=alpha_sync`)).body.watermark;
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "status", status: 403, body: "maintenance", times: -1 });
    const failed = await post(SYNC, { dry_run: false });
    assert.equal(failed.status, 502);
    assert.match(failed.body.detail, /maintenance/);
    await sandbox("DELETE", "/control/faults");
    assert.deepEqual((await get(`${SYNC}/status?source=alpha_sync`)).body.watermark, before);
    assert.equal((await post(SYNC, { dry_run: false })).status, 200);
  });

  const card = async () => (await get(`${SYNC}/status?source=alpha_sync`)).body;
  const added = (id) => ({
    data: [
      {
        ...{ trade_id: id, version: 1, portfolio: "IMST", status: "filled", recon_status: "matched", symbol: "MSTR  351221C00400000", underlying: "MSTR" },
        ...{ side: "sell_to_open", quantity: 3, price: "10.5", multiplier: 100, fees: null, currency: "USD" },
        ...{ executed_at: new Date().toISOString(), updated_at: new Date().toISOString(), settle_date: null },
      },
    ],
  });

  test("kill -9 in the middle of a real sync loses and doubles nothing", async () => {
    const before = await card();
    await sandbox("POST", "/control/alpha/executions", added("E2E-CRASH"));
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 1500, times: 1 });
    const broken = post(SYNC, { dry_run: false }).catch((e) => ({ status: String(e) }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    crash("trade-sync-service");
    assert.notEqual((await broken).status, 200);
    await until("a healthy trade-sync-service", 60, healthy("trade-sync"));
    const after = await card();
    assert.deepEqual(after.watermark, before.watermark);
    assert.equal(after.last_runs[0].status, "abandoned");
    const again = (await post(SYNC, { dry_run: false })).body;
    assert.equal(again.inserted, 1);
    assert.equal((await post(SYNC, { full_scope_diagnostic: true })).body.clean, true);
  });

  test("with analytics gone a sync stands, and its enrichment is made good", async () => {
    await sandbox("POST", "/control/alpha/executions", added("E2E-OWED"));
    crash("analytics-service");
    const sync = (await post(SYNC, { dry_run: false })).body;
    assert.equal(sync.inserted, 1);
    assert.equal(sync.analytics.status, "failed");
    assert.equal((await get("/api/internal/trades/performance")).status, 503);
    assert.equal((await get("/api/internal/trades?limit=1")).status, 200, "the other services go on");
    await until("the enrichment", 90, async () => (await card()).owed_enrichment.count === 0);
    const story = (await get("/api/internal/trades/E2E-OWED/analytics")).body;
    assert.ok(story.execution_benchmark, JSON.stringify(story));
    await sandbox("DELETE", "/control/alpha/executions", { trade_ids: ["E2E-CRASH", "E2E-OWED"] });
    const diagnostic = (await post(SYNC, { full_scope_diagnostic: true })).body;
    assert.deepEqual(diagnostic.unmatched_local_trade_ids, ["E2E-CRASH", "E2E-OWED"], "never deleted silently");
  });

  test("two real syncs at once: one runs, the other learns who and since when", async () => {
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 1000, times: 1 });
    const [one, two] = await Promise.all([post(SYNC, { dry_run: false }), post(SYNC, { dry_run: false })]);
    const refused = one.status === 409 ? one : two;
    assert.deepEqual([one.status, two.status].sort(), [200, 409]);
    assert.equal(refused.body.held_by, "admin-secret");
    assert.ok(refused.body.held_since);
  });

  test("every admin action has its line in the audit log: who, what, outcome", () => {
    const audit = log().split("\n").filter((line) => line.includes("voldesk.audit") || line.includes("actor="));
    for (const line of [
      'actor=admin-secret action="POST /api/internal/trades/sync" outcome=200',
      'actor=admin-secret action="POST /api/internal/trades/sync" outcome=409',
      'actor=admin-secret action="POST /api/internal/trades/sync" outcome=502',
      'action="POST /api/alerts/dispatch" outcome=denied',
      'actor=scheduler:scheduler@voldesk.example action="POST /api/admin/snapshot" outcome=200',
    ]) {
      assert.ok(audit.some((entry) => entry.includes(line)), line);
    }
  });

  test("no secret is in the log", () => {
    const text = log();
    assert.ok(text.length > 1000);
    for (const secret of [SECRET, "sandbox-alpha-key", "sandbox-amberdata-key", "/slack/webhook"]) {
      assert.ok(!text.includes(secret), `${secret} was logged`);
    }
  });
});

describe("the pages", () => {
  const SHOTS = join(TARGET, "screenshots");
  let browser;
  let page;
  const errors = [];

  before(async () => {
    mkdirSync(SHOTS, { recursive: true });
    const executable = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));
    browser = await chromium.launch({
      executablePath: executable,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.on("pageerror", (e) => errors.push(String(e)));
    page.on("console", (m) => m.type() === "error" && !m.text().includes("status of 40") && errors.push(m.text()));
  });
  after(async () => {
    await browser?.close();
  });

  const PAGES = [
    ["/", "Overview", ["Market", "Term structures", "Needs attention", "Latest signals", "Services"]],
    ["/trades", "Trades", ["OMS/PMS Sync", "Executions", "Differences", "Quarantine", "Contracts"]],
    ["/performance", "Performance", ["In short", "Enrichment states", "Mark-out curve", "Execution quality", "Outcomes by horizon", "Why P&L is blank", "Slices", "Enrichment backfill"]],
    ["/data", "Data", ["Latest status", "Coverage by UTC date", "Probability readiness", "Remediation history"]],
    ["/analytics", "Analytics", ["Surface", "Gamma profile", "GEX levels", "Thresholds, 90 days", "Alert Signals"]],
    ["/probability", "Probability", ["Implied density", "Conditional density", "Touch probabilities"]],
    ["/flow", "Flow", ["GEX time series", "Conditional returns"]],
    ["/alerts", "Alerts", ["Alert Signals", "Dispatch history", "Silences"]],
    ["/reference", "Reference", ["Formulas", "Routes"]],
  ];

  for (const [path, title, panels] of PAGES) {
    test(`${path} shows its data`, async () => {
      await page.goto(GATEWAY + path);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      for (const panel of panels) {
        await page.getByRole("region", { name: panel, exact: true }).and(page.locator(':not([aria-busy="true"])')).waitFor({ timeout: 20_000 });
      }
      // leaving a page while it still asks would break off its questions
      await page.waitForLoadState("networkidle");
      assert.equal(await page.locator(".notice.bad").count(), 0, await page.locator(".notice.bad").allInnerTexts().then(String));
      await page.screenshot({ path: join(SHOTS, `${title.toLowerCase()}.png`), fullPage: true });
      const axe = await new AxeBuilder({ page }).disableRules(["region"]).analyze();
      assert.deepEqual(axe.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0]?.html}`), []);
    });
  }

  test("an operator signs in, previews, diagnoses and syncs through the admin proxy", async () => {
    await sandbox("POST", "/control/alpha/switch/good");
    await page.goto(`${GATEWAY}/trades`);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Continue as operator@voldesk.example" }).click();
    await page.getByText("operator@voldesk.example").waitFor();
    assert.equal(new URL(page.url()).pathname, "/trades");
    const card = page.getByRole("region", { name: "OMS/PMS Sync" });
    await card.getByText("IMST, ICOI").waitFor();
    await card.getByRole("button", { name: "Preview" }).click();
    await card.getByText("incremental delta").waitFor();
    await card.getByLabel("Full-scope diagnostic").check();
    await card.getByRole("button", { name: "Preview" }).click();
    await card.getByText("The cache and the source differ.").waitFor();
    await card.getByText("Unmatched source ids: SBX-GOOD-1").waitFor();
    await card.getByText("Unmatched local ids: E2E-CRASH, E2E-OWED").waitFor();
    await card.getByLabel("Dry run").uncheck();
    assert.ok(await card.getByRole("button", { name: "Sync for real" }).isDisabled(), "differences that nobody has accepted hold a real sync");
    await card.getByLabel("Dry run").check();
    await card.getByLabel("Full-scope diagnostic").uncheck();
    await card.getByRole("button", { name: "Preview" }).click();
    await card.getByText("incremental delta").waitFor();
    await card.getByLabel("Dry run").uncheck();
    await card.getByRole("button", { name: "Sync for real" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Yes, sync" }).click();
    await card.getByText("Real sync", { exact: true }).waitFor();
    await card.getByText("Post-sync analytics:").waitFor();
    await page.screenshot({ path: join(SHOTS, "trades-synced.png"), fullPage: true });
    const run = (await get(`${SYNC}/runs?limit=1`)).body.items[0];
    assert.deepEqual([run.kind, run.status, run.requested_by], ["sync", "ok", "operator:operator@voldesk.example"]);
    // the retired one stays in the list and says that it is
    await page.getByText("753 executions").waitFor();
    await page.getByLabel("filter", { exact: true }).fill("SBX-GOOD");
    await page.getByText("1 executions").waitFor();
    await page.getByLabel("filter", { exact: true }).fill("no such trade");
    await page.getByText("no execution matches the filter").waitFor();
  });

  test("a running preview shows how far it is, and stops when it is told to", async () => {
    await sandbox("POST", "/control/faults", { vendor: "alpha", kind: "latency", delay_ms: 3000, times: -1 });
    await page.goto(`${GATEWAY}/trades`);
    const card = page.getByRole("region", { name: "OMS/PMS Sync" });
    await card.getByLabel("Full-scope diagnostic").check();
    await card.getByRole("button", { name: "Preview" }).click();
    await card.getByTestId("job-progress").getByText(/^walk 0 of 7\d\d$/).waitFor();
    await page.screenshot({ path: join(SHOTS, "trades-progress.png") });
    await card.getByRole("button", { name: "Stop" }).click();
    await card.getByText("cancelled: nothing of this run was kept").waitFor();
    await sandbox("DELETE", "/control/faults");
    assert.equal((await get(`${SYNC}/runs?limit=1`)).body.items[0].status, "cancelled");
  });

  test("an execution's whole story opens beside the trade list, from its row", async () => {
    await page.goto(`${GATEWAY}/trades?q=MSTR`);
    const row = page.getByRole("region", { name: "Executions" }).locator("tbody tr[data-open]").first();
    const id = await row.locator(".id").innerText();
    await row.focus();
    await page.keyboard.press("Enter");
    const story = page.getByRole("dialog", { name: `Execution ${id}` });
    await story.getByText(id, { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("trade"), id, "the story has an address");
    await story.getByText("analytics.execution_benchmark arrival").waitFor();
    await story.getByText("realized pnl").waitFor();
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(SHOTS, "trades-story.png"), fullPage: true });
    const axe = await new AxeBuilder({ page }).disableRules(["region"]).analyze();
    assert.deepEqual(axe.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0]?.html}`), []);
    await page.keyboard.press("Escape");
    await story.waitFor({ state: "detached" });
  });

  test("an operator tries an enrichment and forward marks from the page, then runs them", async () => {
    await page.goto(`${GATEWAY}/performance`);
    const panel = page.getByRole("region", { name: "Enrichment backfill" });
    await panel.getByRole("button", { name: "Try enrichment" }).click();
    await panel.getByText("rows processed, nothing written").waitFor({ timeout: 60_000 });
    await panel.getByRole("button", { name: "Try forward marks" }).click();
    await panel.getByText("0 marks written (dry run)").waitFor({ timeout: 60_000 });
    await panel.getByLabel("Dry run").uncheck();
    await panel.getByRole("button", { name: "Enrich", exact: true }).click();
    await panel.getByText(/rows processed$/).waitFor({ timeout: 60_000 });
    const run = (await get("/api/internal/trades/analytics/status?source=alpha_sync")).body.last_runs[0];
    assert.deepEqual([run.kind, run.status, run.requested_by], ["backfill", "ok", "operator:operator@voldesk.example"]);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(SHOTS, "performance-backfill.png"), fullPage: true });
  });

  test("a missing figure is a dash with its reason, and a known one opens its lineage", async () => {
    await page.goto(`${GATEWAY}/`);
    const market = page.getByRole("region", { name: "Market" });
    const dvol = market.getByRole("button", { name: /^SOL DVOL: not available/ });
    await dvol.waitFor();
    assert.equal(await dvol.innerText(), "—");
    await market.getByRole("button", { name: /^BTC VRP: / }).click();
    await page.getByRole("dialog", { name: "Where it comes from" }).getByText(/^IV30 − RV30 of the same hour/).waitFor();
    const raw = page.getByTestId("lineage-rows").getByText(/^raw \d+ [0-9a-f]{16}… received/).first();
    await raw.waitFor();
    assert.match(await raw.getByRole("link").getAttribute("href"), /^\/api\/snapshots\/raw\/\d+$/);
    const traced = (await get("/api/lineage?number=vrp&currency=BTC")).body;
    assert.deepEqual(traced.rows.map((r) => r.table).sort(), ["iv_surface_snapshots", "vol_metrics_snapshots"]);
    assert.match(traced.rows[0].raw[0].sha256, /^[0-9a-f]{64}$/);
    await page.keyboard.press("Escape");
  });

  test("keys move between the pages, and a phone sees them too", async () => {
    await page.goto(`${GATEWAY}/`);
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.getByRole("heading", { level: 1, name: "Flow" }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${GATEWAY}/data`);
    await page.getByRole("region", { name: "Latest status", exact: true }).and(page.locator('[aria-busy="false"]')).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), "no sideways scroll on a phone");
    await page.screenshot({ path: join(SHOTS, "data-phone.png") });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("no page failed on the way", () => {
    assert.deepEqual(errors, []);
  });
});
