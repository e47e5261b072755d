// Execution sync and its peers in one run: a bare COPY of the same rows by psql, Hibernate's merge, DuckDB's full outer join,
// PostgreSQL's own json_agg. Every answer is checked; medians and ratios are printed.
//   node deploy/bench/sync.mjs [rows = 1000000] [repetitions = 5]
// Needs psql, `npm ci` in deploy/bench, JAVA_HOME of a JDK 25, and the peers in Java: mvn package -Pbench -DskipTests
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { HOME, ROOT, expect, java, median, note, peakMiB, post, psql, ratio, seconds, timed, withHouse } from "./house.mjs";
import { copyLine, execution } from "./rows.mjs";

/** Hibernate takes minutes for a million rows: it gets the first of them, and is compared by the row. */
const HIBERNATE_ROWS = 100_000;
const [rows, repetitions] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 5)];
const SETTINGS = {
  VOLDESK_ALPHA_PAGE_SIZE: "1000",
  // what follows a sync is measured elsewhere, and must not run beside the next one
  VOLDESK_ENRICHMENT_RETRY_EVERY: "10h",
  ALPHA_BASE_URL: "http://localhost:28099",
  ALPHA_API_KEY: "bench",
};
const sql = (statements) => psql("trade_sync", statements);

/** A sync tells its own time: the enrichment that its answer waits for is another story. */
async function sync(name, body) {
  const answer = await post("http://localhost:28081/api/internal/trades/sync", body);
  const [started, walked, finishedAt] = [answer.started_at, answer.walked_at, answer.finished_at].map(Date.parse);
  if (answer.walked_at) note(`${name}: after the walk`, (finishedAt - walked) / 1000);
  note(name, (finishedAt - started) / 1000);
  return answer;
}

async function file(name, count, line) {
  const path = join(HOME, name);
  const out = createWriteStream(path);
  for (let i = 0; i < count; i++) if (!out.write(`${line(i)}\n`)) await new Promise((r) => out.once("drain", r));
  out.end();
  await finished(out);
  return path;
}

const csv = await file("rows.tsv", rows, (i) => copyLine(i).replaceAll("\\", "\\\\").replaceAll("\\\\N", "\\N"));
const source = await file("rows.ndjson", rows, (i) => JSON.stringify(execution(i, false)));
const few = await file("few.ndjson", Math.min(rows, HIBERNATE_ROWS), (i) => JSON.stringify(execution(i, false)));
const cache = join(HOME, "cache.csv");

/** Rows a second of Hibernate's merge into a table of the same columns. */
function hibernate() {
  const url = "jdbc:postgresql://localhost:28432/voldesk?currentSchema=trade_sync&reWriteBatchedInserts=true";
  const [count, took] = java("io.voldesk.bench.HibernateLoad", url, few);
  sql("drop table bench_hibernate");
  return took / count;
}

const alpha = spawn("node", [join(ROOT, "deploy/bench/alpha.mjs"), String(rows), "28099"], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve) => alpha.stdout.once("data", resolve));
const hibernatePerRow = [];
try {
  await withHouse(SETTINGS, async () => {
    for (let n = 1; n <= repetitions; n++) {
      await fetch("http://localhost:28099/serve/plain");
      sql("truncate execution, execution_history, internal_trade_sync_state, sync_run, rejected_execution, enrichment_owed, future_execution, diagnostic, diagnostic_break");
      sql("create table bench_copy (like execution)");
      await timed("bare COPY by psql", () => sql(`\\copy bench_copy from '${csv}'`));
      sql("drop table bench_copy");
      const first = await sync("first load", { dry_run: false });
      expect("inserted", first.inserted, rows);
      const again = await sync("re-sync, unchanged", { dry_run: false, full_scope_diagnostic: true });
      expect("unchanged", again.unchanged, rows);
      const before = sql("select count(*), max(change_seq) from execution");
      const diagnostic = await sync("full-scope diagnostic", { full_scope_diagnostic: true });
      expect("clean", diagnostic.clean, true);
      expect("rows rewritten", sql("select count(*), max(change_seq) from execution"), before);
      sql(`\\copy (select source_trade_id, version, portfolio, status, recon_status, symbol, underlying, side, quantity, price, multiplier, fees_usd, executed_at, updated_at, settle_date from execution) to '${cache}' (format csv)`);
      const duck = JSON.parse(execFileSync("node", [join(ROOT, "deploy/bench/duck.mjs"), source, cache]).toString());
      expect("DuckDB's differing rows", duck.differing, 0);
      note("DuckDB: read both and join", duck.read + duck.join);
      note("DuckDB: join alone", duck.join);
      for (let i = 0; i < 3; i++) {
        await timed("trade list of 10,000", async () => expect("listed", (await (await fetch("http://localhost:28081/api/internal/trades?limit=10000")).json()).items.length, Math.min(rows, 10_000)));
        await timed("json_agg of 10,000 by psql", () => sql("select json_agg(t) from (select source_trade_id, version, portfolio, status, recon_status, symbol, underlying, expiry, option_right, strike, side, quantity, price, multiplier, price * multiplier as price_per_contract, premium_usd, fees_usd, premium_usd - fees_usd as net_premium_usd, executed_at, updated_at, settle_date from execution order by coalesce(executed_at, 'epoch') desc, source_trade_id desc limit 10000) t"));
      }
      hibernatePerRow.push(hibernate());
      await fetch("http://localhost:28099/serve/changed");
      const changed = await sync("re-sync, 1 % changed", { dry_run: false, full_scope_diagnostic: true });
      expect("updated", changed.updated, Math.ceil(rows / 100));
      console.error(`repetition ${n} of ${repetitions} done`);
    }
    const base = median(seconds["bare COPY by psql"]);
    console.log(`${rows} executions, median of ${repetitions}, trade-sync-service with -Xmx256m (peak resident ${peakMiB("trade-sync-service")} MB)\n`);
    console.log("| work | seconds | against bare COPY |\n|---|---|---|");
    const first = median(seconds["first load"]);
    for (const [name, list] of Object.entries(seconds)) console.log(`| ${name} | ${median(list).toFixed(2)} | ${(median(list) / base).toFixed(1)}× |`);
    console.log(`
Hibernate merge, per row: ${((median(hibernatePerRow) * rows) / first).toFixed(1)}× the time of the first load
full-scope diagnostic, after the walk, to DuckDB's join alone: ${ratio("full-scope diagnostic: after the walk", "DuckDB: join alone")}
full-scope diagnostic, whole, to DuckDB reading both and joining: ${ratio("full-scope diagnostic", "DuckDB: read both and join")}
trade list to json_agg: ${ratio("trade list of 10,000", "json_agg of 10,000 by psql")}`);
  });
} finally {
  alpha.kill();
}
