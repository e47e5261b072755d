// The whole system against arguments nobody means: requests drawn from its own document, each wrong in one to three places. None may
// end in a failure of ours, and every refusal is a problem that tells nothing about what stands behind it. FUZZ_REQUESTS is how many
// (20000 for a release), FUZZ_SEED repeats a run.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { GATEWAY, SECRET, down, get, post, up } from "./house.mjs";
import { operations, random, request } from "./requests.mjs";

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const AT_ONCE = Number(process.env.FUZZ_AT_ONCE ?? 6);
const PATIENCE_MS = 60_000;

/** Refusals of a busy or absent part, and why the fuzz may meet them. */
const EXPLAINED = [
  { status: 502, route: "/api/admin/snapshot", detail: /^nothing was stored/, why: "a schedule got nothing" },
];

/** What no answer may tell: classes, statements, hosts, places in the code. */
const LEAKS = /\b(java|javax|jakarta|io\.voldesk|io\.quarkus|org\.(postgresql|jdbi|hibernate))\.[a-z]|PSQLException|SQLSTATE|\bat [\w.$]+\([\w.]+:\d+\)|\blocalhost\b|127\.0\.0\.1|jdbc:|\bselect\b.{1,80}\bfrom\b|stack ?trace/i;

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const { hostname, port } = new URL(GATEWAY);

function send({ method, path, body, type }) {
  return new Promise((resolve) => {
    const headers = { "x-admin-secret": SECRET };
    if (body !== undefined) Object.assign(headers, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
    const call = http.request({ hostname, port, method, path, agent, headers, timeout: PATIENCE_MS }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, type: response.headers["content-type"] ?? "", text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", (e) => resolve({ failure: `cut: ${e.code}` }));
    });
    call.on("timeout", () => call.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)));
    call.on("error", (e) => resolve({ failure: e.code ?? e.message }));
    call.end(body);
  });
}

/** What is wrong with an answer; null for nothing. */
function fault(asked, answer) {
  if (answer.failure) return answer.failure;
  const { status, type, text } = answer;
  if (status < 400) return type.startsWith("application/json") && !isJson(text) ? "no JSON" : null;
  if (LEAKS.test(text)) return `tells of what stands behind: ${text.match(LEAKS)[0]}`;
  if (!type.startsWith("application/problem+json") || !isJson(text)) return `${status} that is no problem: ${type}`;
  const problem = JSON.parse(text);
  if (problem.status !== status) return `${status} that calls itself ${problem.status}`;
  if (status < 500) return null;
  return EXPLAINED.some((e) => e.status === status && e.route === asked.route && e.detail.test(problem.detail)) ? null : `failed with ${status}: ${problem.detail}`;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const shown = ({ method, path, body, type }) => `${method} ${path.slice(0, 300)}${body === undefined ? "" : ` [${type}] ${body.slice(0, 200)}`}`;

async function fuzz(all) {
  const draw = random(SEED);
  const faults = [];
  const statuses = {};
  const asked = new Map(all.map(({ method, path }) => [`${method} ${path}`, 0]));
  let left = REQUESTS;
  const ask = async () => {
    while (left-- > 0) {
      const drawn = request(draw, all);
      const answer = await send(drawn);
      statuses[answer.status ?? answer.failure] = (statuses[answer.status ?? answer.failure] ?? 0) + 1;
      const operation = `${drawn.method} ${drawn.route}`;
      asked.set(operation, asked.get(operation) + 1);
      const found = fault(drawn, answer);
      if (found) faults.push(`${found}\n    ${shown(drawn)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return { faults, statuses, asked };
}

describe("requests nobody means", () => {
  before(async () => {
    await up();
    assert.equal((await post("/api/admin/snapshot", { target_date: "2024-04-01", currencies: ["BTC"] })).status, 200);
    assert.equal((await post("/api/internal/trades/sync", { dry_run: false })).status, 200);
  });
  after(down);

  test(`${REQUESTS} of them, seed ${SEED}`, { timeout: Math.max(540_000, REQUESTS * 200) }, async () => {
    const all = operations((await get("/api/openapi")).body);
    assert.ok(all.length > 45, `${all.length} operations`);
    const began = Date.now();
    const { faults, statuses, asked } = await fuzz(all);
    console.log(`  seed ${SEED}: ${REQUESTS} requests to ${all.length} operations in ${Math.round((Date.now() - began) / 1000)} s, answered ${JSON.stringify(statuses)}`);
    for (const found of faults.slice(0, 40)) console.log(`  ${found}`);
    assert.equal(faults.length, 0, `${faults.length} faults with FUZZ_SEED=${SEED}, of which:\n${faults.slice(0, 5).join("\n")}`);
    if (REQUESTS >= 2_000) assert.deepEqual([...asked].filter(([, times]) => times === 0).map(([operation]) => operation), []);
    assert.equal((await get("/api/health/deep")).body.status, "ok", "every service stands");
  });
});
