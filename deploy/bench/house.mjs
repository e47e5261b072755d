// The house a benchmark runs: started fresh on its own ports, with the heap the product is measured with; times, medians and ratios.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const HOME = join(ROOT, "deploy/bench/target/house");
mkdirSync(HOME, { recursive: true });

/** Runs the work with the house up; down again whatever happens. @param {object} settings environment of the house besides its ports */
export async function withHouse(settings, work) {
  const environment = {
    ...process.env,
    VOLDESK_HOME: HOME,
    VOLDESK_PORT: "28080",
    VOLDESK_SERVICES_PORT: "28081",
    VOLDESK_SANDBOX_PORT: "28090",
    VOLDESK_DB_PORT: "28432",
    VOLDESK_SERVICE_HEAP: "256m",
    VOLDESK_PROJECTION_POLL: "10h",
    ADMIN_SECRET: "bench",
    ...settings,
  };
  execFileSync(join(ROOT, "deploy/up"), ["--detach", "--fresh", "--built"], { env: environment, stdio: "ignore" });
  try {
    await work();
  } finally {
    execFileSync(join(ROOT, "deploy/down"), [], { env: environment });
  }
}

function psqlAs(user, more, options) {
  const connection = ["-q", "-h", "localhost", "-p", "28432", "-U", user, "-d", "voldesk", "-v", "ON_ERROR_STOP=1"];
  const env = { ...process.env, PGPASSWORD: user, PGTZ: "UTC" };
  return execFileSync("psql", [...connection, ...more], { env, maxBuffer: 1 << 28, ...options }).toString().trim();
}

/** What a statement prints, as a role of the database (its password is its name). */
export const psql = (user, sql) => psqlAs(user, ["-Atc", sql], {});

/** Runs statements and \\copy lines in one session, as the superuser. */
export const script = (input) => psqlAs("postgres", [], { input });

/** JSON on the last line a Java class of the benchmarks prints. */
export function java(mainClass, ...args) {
  const classpath = [join(ROOT, "deploy/bench/target/classes"), join(ROOT, "deploy/bench/target/lib/*")].join(":");
  const binary = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
  const printed = execFileSync(binary, ["-Xmx1g", "-cp", classpath, mainClass, ...args.map(String)], { stdio: ["ignore", "pipe", "ignore"] });
  return JSON.parse(printed.toString().trim().split("\n").at(-1));
}

/** Highest resident memory of a service since its start. */
export function peakMiB(service) {
  const pid = readFileSync(join(HOME, "run/pids"), "utf8").match(new RegExp(`${service} (\\d+)`))[1];
  return Math.round(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1] / 1024);
}

export async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "x-admin-secret": "bench" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(answer));
  return answer;
}

export function expect(what, actual, wanted) {
  if (String(actual) !== String(wanted)) throw new Error(`${what}: ${actual} instead of ${wanted}`);
}

/** Seconds by the name of the work, in the order they came. */
export const seconds = {};
export const note = (name, value) => (seconds[name] ??= []).push(value);
export async function timed(name, work) {
  const start = performance.now();
  const result = await work();
  note(name, (performance.now() - start) / 1000);
  return result;
}
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const ratio = (of, to) => `${(median(seconds[of]) / median(seconds[to])).toFixed(2)}×`;
