// Execution sync against a bare COPY of the same rows by psql, both in one run; medians and ratios are printed.
//   node deploy/bench/sync.mjs [rows = 200000] [repetitions = 5]
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { copyLine } from "./rows.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const HOME = join(ROOT, "deploy/bench/target/house");
const [rows, repetitions] = [Number(process.argv[2] ?? 200_000), Number(process.argv[3] ?? 5)];
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
  const took = result.finished_at ? Date.parse(result.finished_at) - Date.parse(result.started_at) : performance.now() - start;
  (seconds[name] ??= []).push(took / 1000);
  return result;
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

mkdirSync(HOME, { recursive: true });
const csv = join(HOME, "rows.tsv");
const out = createWriteStream(csv);
for (let i = 0; i < rows; i++) if (!out.write(`${copyLine(i).replaceAll("\\", "\\\\").replaceAll("\\\\N", "\\N")}\n`)) await new Promise((r) => out.once("drain", r));
out.end();
await finished(out);

const alpha = spawn("node", [join(ROOT, "deploy/bench/alpha.mjs"), String(rows), "28099"], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve) => alpha.stdout.once("data", resolve));
execFileSync(join(ROOT, "deploy/up"), ["--detach", "--fresh", "--built"], { env: environment, stdio: "ignore" });
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
  for (const [name, list] of Object.entries(seconds)) console.log(`| ${name} | ${median(list).toFixed(2)} | ${(median(list) / base).toFixed(1)}× |`);
} finally {
  execFileSync(join(ROOT, "deploy/down"), [], { env: environment });
  alpha.kill();
}
