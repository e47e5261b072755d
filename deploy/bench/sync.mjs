// Execution sync and its peers in one run: a bare COPY of the same rows by psql, Hibernate's merge, DuckDB's full outer join,
// PostgreSQL's own json_agg. Every answer is checked; medians and ratios are printed.
//   node deploy/bench/sync.mjs [rows = 1000000] [repetitions = 5]
// Needs psql, `npm ci` in deploy/bench, JAVA_HOME of a JDK 25, and the peers in Java: mvn package -Pbench -DskipTests
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { copyLine, execution } from "./rows.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const HOME = join(ROOT, "deploy/bench/target/house");
/** Hibernate takes minutes for a million rows: it gets the first of them, and is compared by the row. */
const HIBERNATE_ROWS = 100_000;
const [rows, repetitions] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 5)];
const environment = {
  ...process.env,
  VOLDESK_HOME: HOME,
  VOLDESK_PORT: "28080",
  VOLDESK_SERVICES_PORT: "28081",
  VOLDESK_SANDBOX_PORT: "28090",
  VOLDESK_DB_PORT: "28432",
  VOLDESK_SERVICE_HEAP: "256m",
  VOLDESK_ALPHA_PAGE_SIZE: "1000",
  // what follows a sync is measured elsewhere, and must not run beside the next one
  VOLDESK_ENRICHMENT_RETRY_EVERY: "10h",
  VOLDESK_PROJECTION_POLL: "10h",
  ALPHA_BASE_URL: "http://localhost:28099",
  ALPHA_API_KEY: "bench",
  ADMIN_SECRET: "bench",
};
const psql = (sql) =>
  execFileSync("psql", ["-q", "-h", "localhost", "-p", "28432", "-U", "trade_sync", "-d", "voldesk", "-v", "ON_ERROR_STOP=1", "-Atc", sql], {
    env: { ...process.env, PGPASSWORD: "trade_sync" },
    maxBuffer: 1 << 28,
  }).toString();

async function sync(body) {
  const response = await fetch("http://localhost:28081/api/internal/trades/sync", {
    method: "POST",
    headers: { "Content-Type": "application/json", "x-admin-secret": "bench" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(answer));
  return answer;
}

function expect(what, actual, wanted) {
  if (actual !== wanted) throw new Error(`${what}: ${actual} instead of ${wanted}`);
}

const seconds = {};
async function timed(name, work) {
  const start = performance.now();
  const result = await work();
  // a sync tells its own time; the enrichment that its answer waits for is another story
  if (result?.walked_at) (seconds[`${name}: after the walk`] ??= []).push((Date.parse(result.finished_at) - Date.parse(result.walked_at)) / 1000);
  const took = result?.finished_at ? Date.parse(result.finished_at) - Date.parse(result.started_at) : performance.now() - start;
  (seconds[name] ??= []).push(took / 1000);
  return result;
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function file(name, count, line) {
  const path = join(HOME, name);
  const out = createWriteStream(path);
  for (let i = 0; i < count; i++) if (!out.write(`${line(i)}\n`)) await new Promise((r) => out.once("drain", r));
  out.end();
  await finished(out);
  return path;
}

mkdirSync(HOME, { recursive: true });
const csv = await file("rows.tsv", rows, (i) => copyLine(i).replaceAll("\\", "\\\\").replaceAll("\\\\N", "\\N"));
const source = await file("rows.ndjson", rows, (i) => JSON.stringify(execution(i, false)));
const few = await file("few.ndjson", Math.min(rows, HIBERNATE_ROWS), (i) => JSON.stringify(execution(i, false)));
const cache = join(HOME, "cache.csv");

/** Rows a second of Hibernate's merge into a table of the same columns. */
function hibernate() {
  const classpath = [join(ROOT, "deploy/bench/target/classes"), join(ROOT, "deploy/bench/target/lib/*")].join(":");
  const url = "jdbc:postgresql://localhost:28432/voldesk?currentSchema=trade_sync&reWriteBatchedInserts=true";
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
  const printed = execFileSync(java, ["-Xmx1g", "-cp", classpath, "io.voldesk.bench.HibernateLoad", url, few], { stdio: ["ignore", "pipe", "ignore"] }).toString();
  psql("drop table bench_hibernate");
  const [count, took] = JSON.parse(printed.trim().split("\n").at(-1));
  return took / count;
}

const alpha = spawn("node", [join(ROOT, "deploy/bench/alpha.mjs"), String(rows), "28099"], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve) => alpha.stdout.once("data", resolve));
execFileSync(join(ROOT, "deploy/up"), ["--detach", "--fresh", "--built"], { env: environment, stdio: "ignore" });
const hibernatePerRow = [];
try {
  for (let n = 1; n <= repetitions; n++) {
    await fetch("http://localhost:28099/serve/plain");
    psql("truncate execution, execution_history, internal_trade_sync_state, sync_run, rejected_execution, enrichment_owed");
    psql("create table bench_copy (like execution)");
    await timed("bare COPY by psql", () => psql(`\\copy bench_copy from '${csv}'`));
    psql("drop table bench_copy");
    const first = await timed("first load", () => sync({ dry_run: false }));
    expect("inserted", first.inserted, rows);
    const again = await timed("re-sync, unchanged", () => sync({ dry_run: false, full_scope_diagnostic: true }));
    expect("unchanged", again.unchanged, rows);
    const before = psql("select count(*), max(change_seq) from execution");
    const diagnostic = await timed("full-scope diagnostic", () => sync({ full_scope_diagnostic: true }));
    expect("clean", diagnostic.clean, true);
    expect("rows rewritten", psql("select count(*), max(change_seq) from execution"), before);
    psql(`\\copy (select source_trade_id, version, portfolio, status, recon_status, symbol, underlying, side, quantity, price, multiplier, fees_usd, executed_at, updated_at, settle_date from execution) to '${cache}' (format csv)`);
    const duck = JSON.parse(execFileSync("node", [join(ROOT, "deploy/bench/duck.mjs"), source, cache]).toString());
    expect("DuckDB's differing rows", duck.differing, 0);
    (seconds["DuckDB: read both and join"] ??= []).push(duck.read + duck.join);
    (seconds["DuckDB: join alone"] ??= []).push(duck.join);
    for (let i = 0; i < 3; i++) {
      await timed("trade list of 10,000", async () => expect("listed", (await (await fetch("http://localhost:28081/api/internal/trades?limit=10000")).json()).items.length, Math.min(rows, 10_000)));
      await timed("json_agg of 10,000 by psql", () => psql("select json_agg(t) from (select source_trade_id, version, portfolio, status, recon_status, symbol, underlying, expiry, option_right, strike, side, quantity, price, multiplier, price * multiplier as price_per_contract, premium_usd, fees_usd, premium_usd - fees_usd as net_premium_usd, executed_at, updated_at, settle_date from execution order by coalesce(executed_at, 'epoch') desc, source_trade_id desc limit 10000) t"));
    }
    hibernatePerRow.push(hibernate());
    await fetch("http://localhost:28099/serve/changed");
    const changed = await timed("re-sync, 1 % changed", () => sync({ dry_run: false, full_scope_diagnostic: true }));
    expect("updated", changed.updated, Math.ceil(rows / 100));
    console.error(`repetition ${n} of ${repetitions} done`);
  }
  const pid = readFileSync(join(HOME, "run/pids"), "utf8").match(/trade-sync-service (\d+)/)[1];
  const peak = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1];
  const base = median(seconds["bare COPY by psql"]);
  console.log(`${rows} executions, median of ${repetitions}, trade-sync-service with -Xmx256m (peak resident ${Math.round(peak / 1024)} MB)\n`);
  console.log("| work | seconds | against bare COPY |\n|---|---|---|");
  const first = median(seconds["first load"]);
  const ratio = (of, to) => `${(median(seconds[of]) / median(seconds[to])).toFixed(2)}×`;
  for (const [name, list] of Object.entries(seconds)) console.log(`| ${name} | ${median(list).toFixed(2)} | ${(median(list) / base).toFixed(1)}× |`);
  console.log(`
Hibernate merge, per row: ${((median(hibernatePerRow) * rows) / first).toFixed(1)}× the time of the first load
full-scope diagnostic, after the walk, to DuckDB's join alone: ${ratio("full-scope diagnostic: after the walk", "DuckDB: join alone")}
full-scope diagnostic, whole, to DuckDB reading both and joining: ${ratio("full-scope diagnostic", "DuckDB: read both and join")}
trade list to json_agg: ${ratio("trade list of 10,000", "json_agg of 10,000 by psql")}`);
} finally {
  execFileSync(join(ROOT, "deploy/down"), [], { env: environment });
  alpha.kill();
}
