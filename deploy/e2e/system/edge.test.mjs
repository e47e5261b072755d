// The edge before the real services: one that is frozen, what each door answers, and a session from sign-in to sign-out.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

process.env.READ_TIME = "3s";
const { GATEWAY, SANDBOX, SECRET, TARGET, crash, down, get, healthy, log, post, until, up } = await import("./house.mjs");

const SERVICES = [18081, 18082, 18083, 18084];
const STATUS = "/api/internal/trades/analytics/status?source=alpha_sync";

before(up);
after(down);

test("a frozen service answers 504 within its route's time, and is well again when it goes on", async () => {
  assert.equal((await get(STATUS)).status, 200);
  const pid = crash("analytics-service", "SIGSTOP");
  try {
    const began = performance.now();
    const answer = await get(STATUS);
    const took = performance.now() - began;
    assert.equal(answer.status, 504, answer.text);
    assert.match(answer.headers.get("content-type"), /application\/problem\+json/);
    assert.ok(took >= 2_500 && took < 6_000, `${took} ms`);
    assert.equal((await get("/api/internal/trades?limit=1")).status, 200, "the others answer");
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await until("analytics answers again", 30, async () => (await get(STATUS)).status === 200);
});

test("a dead service is 503 until it is back", async () => {
  crash("alert-service");
  await until("the route says so", 10, async () => (await get("/api/alerts/signals")).status === 503);
  await until("it is started again", 60, healthy("alert-service".replace("-service", "")));
  assert.equal((await get("/api/alerts/signals")).status, 200);
});

test("what is for the other services is not for anybody else", async () => {
  for (const port of SERVICES) {
    for (const path of ["/internal/metrics", "/internal/openapi", "/internal/about"]) {
      const ask = (headers) => fetch(`http://localhost:${port}${path}`, { headers }).then((r) => (r.body?.cancel(), r.status));
      assert.equal(await ask({}), 401, `${port}${path}`);
      assert.equal(await ask({ "x-admin-secret": "guess" }), 401, `${port}${path}`);
      assert.equal(await ask({ "x-admin-secret": SECRET }), 200, `${port}${path}`);
    }
    assert.equal((await fetch(`http://localhost:${port}/internal/health/ready`)).status, 200);
  }
  assert.equal((await fetch("http://localhost:18081/internal/executions/export?after=0")).status, 401);
  const { body } = await get("/api/openapi");
  assert.equal(body.info.description, undefined, "the gateway reads every service's document");
});

test("a page's thirty reads at once meet no limit", async () => {
  for (let page = 0; page < 20; page++) {
    const statuses = await Promise.all(Array.from({ length: 30 }, () => get("/api/internal/trades?limit=1").then((a) => a.status)));
    assert.deepEqual([...new Set(statuses)], [200]);
  }
});

describe("a session", () => {
  let cookie;
  const as = (path, options = {}) => fetch(GATEWAY + path, { redirect: "manual", ...options, headers: { cookie, ...options.headers } });

  before(async () => {
    const jar = new Map();
    const keep = (response) => {
      for (const set of response.headers.getSetCookie()) {
        const [name, value] = set.split(";")[0].split(/=(.*)/s);
        jar.set(name, value);
        // what takes a cookie away tells nothing that a script could read
        if (value) assert.match(set, /httponly/i);
      }
      cookie = [...jar].filter(([, value]) => value).map(([name, value]) => `${name}=${value}`).join("; ");
    };
    const start = await fetch(`${GATEWAY}/api/session/login?return_to=%2Ftrades`, { redirect: "manual" });
    keep(start);
    const asked = new URL(start.headers.get("location"));
    assert.equal(asked.searchParams.get("redirect_uri"), `${GATEWAY}/api/session/login`);
    const consent = await (await fetch(asked)).text();
    const back = await fetch(SANDBOX + consent.match(/action="([^"]+)"/)[1].replaceAll("&amp;", "&"), { method: "POST", redirect: "manual" });
    const returned = await as(back.headers.get("location").replace(GATEWAY, ""));
    keep(returned);
    const signedIn = await as(returned.headers.get("location").replace(GATEWAY, ""));
    keep(signedIn);
    assert.equal(signedIn.headers.get("location"), `${GATEWAY}/trades`);
    assert.match(cookie, /q_session_Default_18080=/, "named after its port");
  });

  test("is signed out by its own page only, and its copies with it", async () => {
    const session = await (await as("/api/session")).json();
    assert.equal(session.email, "operator@voldesk.example");
    const proxied = () => as("/api/admin-proxy/alerts/refresh", { method: "POST", body: "{}", headers: { "content-type": "application/json", "x-csrf-token": session.csrf_token } });
    assert.equal((await proxied()).status, 200);
    assert.equal((await as("/api/session/logout")).status, 405);
    assert.equal((await as("/api/session/logout", { method: "POST" })).status, 403);
    assert.equal((await as("/api/session/logout", { method: "POST", headers: { "x-csrf-token": session.csrf_token } })).status, 204);
    assert.equal((await (await as("/api/session")).json()).signed_in, false);
    assert.equal((await proxied()).status, 401);
  });

  test("has a secret of this home, which nobody else may read and no log tells", async () => {
    const file = join(TARGET, "house/run/session-secret");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!log().includes(SECRET), "the admin secret");
  });
});

test("guesses at the secret are told apart from it by nothing but their status", async () => {
  const wrong = await post("/api/alerts/refresh", {}, { "x-admin-secret": "guess" });
  assert.equal(wrong.status, 401);
  assert.ok(wrong.headers.get("www-authenticate"));
  assert.ok(!wrong.text.includes("guess"));
});
