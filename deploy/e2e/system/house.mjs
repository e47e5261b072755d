// Starts the whole system on ports of its own, from an empty database, and stops it again.
import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
export const TARGET = join(ROOT, "deploy/e2e/target");
export const GATEWAY = "http://localhost:18080";
export const SANDBOX = "http://localhost:18090";
export const DATABASE_PORT = 25432;
export const SECRET = "the-secret-of-the-system-test";

export const HOME = join(TARGET, "house");
const environment = {
  ...process.env,
  VOLDESK_HOME: HOME,
  VOLDESK_PORT: "18080",
  VOLDESK_SERVICES_PORT: "18081",
  VOLDESK_SANDBOX_PORT: "18090",
  VOLDESK_DB_PORT: String(DATABASE_PORT),
  ADMIN_SECRET: SECRET,
  VOLDESK_ENRICHMENT_RETRY_EVERY: "5s",
  VOLDESK_HEALING_EVERY: "5s",
};
const run = promisify(execFile);

/** @param more environment of the house beside the tests' own */
export async function up(more = {}) {
  rmSync(HOME, { recursive: true, force: true });
  // it waits for whatever is alive; the bound is the runner's own for a file, less what stopping takes
  const { stdout } = await run(join(ROOT, "deploy/up"), ["--detach", "--fresh", "--built"], { env: { ...environment, ...more }, timeout: 540_000 });
  return stdout;
}

export const down = () => run(join(ROOT, "deploy/down"), [], { env: environment, timeout: 60_000 });

export const log = () => readFileSync(join(HOME, "run/voldesk.log"), "utf8");

/** The process id of a process of the house. */
export function pidOf(name) {
  const line = readFileSync(join(HOME, "run/pids"), "utf8")
    .split("\n")
    .find((l) => l.startsWith(`${name} `));
  return Number(line.split(" ")[1]);
}

/** Ends a process of the house, as a crash would unless told otherwise; it is started again by itself. */
export function crash(name, signal = "SIGKILL") {
  const pid = pidOf(name);
  process.kill(pid, signal);
  return pid;
}

export async function until(what, seconds, check) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      last = await check();
      if (last) return last;
    } catch (e) {
      last = e;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what} did not come about within ${seconds} s; last: ${JSON.stringify(last)}`);
}

async function answer(response) {
  const text = await response.text();
  let body = text;
  try {
    body = JSON.parse(text);
  } catch {
    // shown as it is
  }
  return { status: response.status, body, text, headers: response.headers };
}

export const get = async (path, headers = {}) => answer(await fetch(GATEWAY + path, { headers }));

export const post = async (path, body, headers = { "x-admin-secret": SECRET }) =>
  answer(await fetch(GATEWAY + path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) }));

export const remove = async (path, headers = { "x-admin-secret": SECRET }) => answer(await fetch(GATEWAY + path, { method: "DELETE", headers }));

export const healthy = (service) => async () => (await get("/api/health/deep")).body.services.find((s) => s.service === service).status === "ok";

export const sandbox = async (method, path, body) =>
  answer(await fetch(SANDBOX + path, { method, body: body === undefined ? undefined : JSON.stringify(body) }));

/** A superuser's session, outside every service. */
export async function connect(schema) {
  const client = new pg.Client({ host: "localhost", port: DATABASE_PORT, database: "voldesk", user: "postgres", password: "postgres" });
  await client.connect();
  await client.query(`set search_path = ${schema}`);
  return client;
}

/** Holds up whoever comes to what `sql` locks, until the answered function is called; the lock has a session of its own. */
export async function holdUp(schema, sql) {
  const client = await connect(schema);
  await client.query("begin");
  await client.query(sql);
  return () => client.end();
}

/** A service stands at a lock. */
export const waitsAtALock = (watcher, what) =>
  until(what, 60, async () => {
    const { rows } = await watcher.query(`
      select count(*)::int as n from pg_stat_activity
      where usename in ('trade_sync', 'analytics') and wait_event_type = 'Lock'`);
    return rows[0].n > 0;
  });
