// What holds whenever nothing is under way, whatever happened before: read from the database and the sandbox, not from the services.
import { connect, sandbox } from "./house.mjs";

const RUNS = { trade_sync: "sync_run", snapshot: "snapshot_run", analytics: "pipeline_run" };
const SNAPSHOTS = ["gex", "iv_surface", "vol_metrics", "spot", "oi"];

/** The cache is the source: each execution once, in its last version. */
async function cacheIsSource(database, source) {
  const { rows } = await database.query("select source_trade_id as id, version, price::float8 as price from trade_sync.execution");
  const cached = new Map(rows.map((r) => [r.id, r]));
  const wrong = [];
  for (const [id, row] of source) {
    const held = cached.get(id);
    if (!held) wrong.push(`${id} is not in the cache`);
    else if (held.version !== row.version || held.price !== Number(row.price)) wrong.push(`${id} is at version ${held.version}, the source at ${row.version}`);
  }
  for (const id of cached.keys()) if (!source.has(id)) wrong.push(`${id} is not at the source`);
  return wrong;
}

async function watermarkIsStored(database) {
  const { rows } = await database.query(`
    select s.scope_key, s.watermark_updated_at from trade_sync.internal_trade_sync_state s
    where s.watermark_updated_at > (select max(updated_at) from trade_sync.execution e where e.source = s.source)`);
  return rows.map((r) => `the watermark of ${r.scope_key}, ${r.watermark_updated_at.toISOString()}, is beyond what is stored`);
}

/** The rows of a snapshot are as many as it says, all of them read from an answer in the archive. */
async function snapshotsAreWhole(database) {
  const wrong = [];
  for (const type of SNAPSHOTS) {
    const { rows } = await database.query(
      `select coalesce(s.currency, r.currency) as currency, coalesce(s.snapshot_date, r.snapshot_date)::text as date, s.record_count, r.n
       from (select * from snapshot.snapshot where snapshot_type = $1) s
       full join (select currency, snapshot_date, count(*)::int as n from snapshot.${type}_snapshots group by 1, 2) r using (currency, snapshot_date)
       where s.record_count is distinct from r.n`,
      [type],
    );
    wrong.push(...rows.map((r) => `${type} ${r.currency} ${r.date} says ${r.record_count} rows and has ${r.n}`));
  }
  return wrong;
}

/** Each message that Slack received is one line of the ledger, and each delivered line is one message. */
async function ledgerIsSlack(database) {
  const asked = Date.now();
  const received = new Map();
  for (const { body } of (await sandbox("GET", "/control/slack/messages")).body) {
    const text = canonical(body);
    received.set(text, (received.get(text) ?? 0) + 1);
  }
  const wrong = [];
  const { rows } = await database.query("select id, message, status, created_at, finished_at from alert.dispatch order by id");
  for (const { id, message, status, created_at: created, finished_at: finished } of rows) {
    const text = canonical(JSON.parse(message));
    const times = received.get(text) ?? 0;
    // the clocks' own dispatches go on: what ended after Slack was asked is judged the next time
    if (finished > asked) {
      received.delete(text);
      continue;
    }
    if (status === "sending" && asked - created > 30_000) wrong.push(`dispatch ${id} is still called sending`);
    if (status === "delivered" && times === 0) wrong.push(`dispatch ${id} is called delivered, and Slack has no such message`);
    if (status === "failed" && times > 0) wrong.push(`dispatch ${id} is called failed, and Slack has its message`);
    if (times > 0) times === 1 ? received.delete(text) : received.set(text, times - 1);
  }
  for (const [text, times] of received) wrong.push(`Slack has ${times} × a message that the ledger does not know: ${text.slice(0, 200)}`);
  return wrong;
}

const canonical = (value) =>
  JSON.stringify(value, (_, v) => (v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));

/** No run goes on that nobody runs; none that ended well says it was broken off; and where no process ended, none was. */
async function ledgersAreTrue(database, begun, ended) {
  const wrong = [];
  for (const [schema, table] of Object.entries(RUNS)) {
    const { rows } = await database.query(`select to_jsonb(r) as run from ${schema}.${table} r where status in ('running', 'abandoned') or status = 'ok'`);
    for (const { run } of rows) {
      const name = `${table} ${run.id} of ${run.started_at}`;
      if (run.status === "running" && Date.now() - Date.parse(run.started_at) > 30_000) wrong.push(`${name} is called running`);
      if (run.status === "ok" && run.error) wrong.push(`${name} ended well and says: ${run.error}`);
      if (run.status === "abandoned" && !ended && run.finished_at >= begun) wrong.push(`${name} is called abandoned, and no process ended`);
    }
  }
  const { rows } = await database.query(`
    select t.job_id, count(*)::int as n from snapshot.backfill_task t join snapshot.backfill_job j on j.id = t.job_id
    where t.status = 'waiting' and j.paused_at is null group by 1`);
  wrong.push(...rows.map((r) => `backfill ${r.job_id} has ${r.n} tasks that nobody does`));
  return wrong;
}

/** The archive says the same as what is stored. */
async function archiveAgrees(ask) {
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const answer = await ask("POST", "/api/admin/snapshot/rederive", { from: day(25), to: day(1) });
  if (answer.status !== 200) return [`the archive was not read: ${JSON.stringify(answer)}`];
  return answer.body.not_same.map((s) => `${s.type} ${s.currency} ${s.date} against its archive: ${s.state} ${s.reason ?? ""}`);
}

/**
 * @param source what Alpha has, by id
 * @param begun ISO instant of the round's begin
 * @param ended whether a process of the house ended in the round
 * @param ask asks the gateway
 * @returns what does not hold, in words; empty where all does
 */
export async function broken({ source, begun, ended, ask }) {
  const database = await connect("public");
  try {
    return [
      ...(await cacheIsSource(database, source)),
      ...(await watermarkIsStored(database)),
      ...(await snapshotsAreWhole(database)),
      ...(await ledgerIsSlack(database)),
      ...(await ledgersAreTrue(database, begun, ended)),
      ...(await archiveAgrees(ask)),
    ];
  } finally {
    await database.end();
  }
}
