// The system audits itself: a house with a recorded day, a captured yesterday, five weeks of one currency and a gap of three days is
// asked every GET there is, for every currency, for dates of every kind and for now; then the laws are held against all answers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { definitions, oneDistribution, oneNumber } from "./consistency.mjs";
import { SECRET, down, get, post, sandbox, until, up } from "./house.mjs";
import { aged, answered, nothingThere, oneMoment, reasoned, staleThere, standsOn } from "./laws.mjs";
import { NULLABLE } from "./nullable.mjs";
import { asDocumented } from "./schema.mjs";
import { SKIPPED, walk } from "./walk.mjs";

const DAYS_AGO = (n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
const RECORDED = "2024-04-01";
const CAPTURED = DAYS_AGO(1);
/** Nothing of it is stored, and the days before it neither, until DAYS_AGO(5). */
const STALE = DAYS_AGO(3);
/** More than a week after anything stored. */
const NOTHING = DAYS_AGO(60) > "2026-04-30" ? "2026-04-30" : "2025-04-30";

let answers;
let unasked;
let routes;
const json = () => answers.filter((a) => a.status === 200 && !a.notJson);
/** Answers about the asked moment, not about events of their own time. */
const readings = () => json().filter((a) => !a.ofEvents);

function execution(n) {
  const symbol = ["MSTR  351221C00400000", "MSTR  351221P00300000", "COIN  351221C00300000"][n % 3];
  const at = new Date(Date.parse(`${DAYS_AGO(35)}T15:00:00Z`) + (n % 24) * 86_400_000 + n * 61_000).toISOString();
  return {
    ...{ trade_id: `A-${String(n).padStart(3, "0")}`, version: 1, portfolio: n % 2 ? "IMST" : "ICOI", status: "filled", recon_status: "matched" },
    ...{ symbol, underlying: symbol.slice(0, 4), side: n % 3 ? "sell_to_open" : "buy_to_open", quantity: 1 + (n % 9), price: `${20 + (n % 20)}.5` },
    ...{ multiplier: 100, fees: n % 4 ? 1.25 : null, currency: "USD", executed_at: at, updated_at: new Date(Date.now() - 3_600_000).toISOString(), settle_date: null },
  };
}

async function stored(path, body) {
  const { status, body: answer, text } = await post(path, body);
  assert.equal(status, 200, text);
  return answer;
}

before(async () => {
  // a zone half an hour off the hours of UTC, and a language whose i has another capital: what leans on either shows
  await up({ VOLDESK_JAVA_OPTS: "-Duser.timezone=Asia/Kolkata -Duser.language=tr -Duser.country=TR" });
  await stored("/api/admin/snapshot", {});
  await stored("/api/admin/snapshot", { target_date: RECORDED, currencies: ["BTC"] });
  const weeks = { from: DAYS_AGO(36), to: DAYS_AGO(5), types: ["spot", "vol_metrics", "iv_surface", "gex"], currencies: ["BTC"], dry_run: false };
  await stored("/api/admin/snapshot/backfill", weeks);
  await stored("/api/admin/snapshot/backfill", { from: DAYS_AGO(5), to: DAYS_AGO(5), currencies: ["ETH", "SOL"], dry_run: false });
  await sandbox("PUT", "/control/alpha/executions", { data: Array.from({ length: 60 }, (_, n) => execution(n)) });
  await stored("/api/internal/trades/sync", { dry_run: false });
  await until("the enrichment", 60, async () => (await get("/api/internal/trades/sync/status")).body.owed_enrichment.count === 0);
  await stored("/api/internal/trades/outcomes/backfill", { source: "alpha_sync", limit: 100, lookback_days: 3650, dry_run: false });
  await stored("/api/alerts/refresh", {});
  const job = (await post("/api/internal/trades/sync", {}, { "x-admin-secret": SECRET, Prefer: "respond-async" })).body;
  const trades = ["A-000", "A-001"];
  const raw = (await get("/api/lineage?number=vrp&currency=BTC")).body.rows.flatMap((row) => row.raw.map((r) => r.id)).slice(0, 1);
  ({ answers, unasked, routes } = await walk(get, {
    dates: [undefined, RECORDED, CAPTURED, STALE, NOTHING],
    ids: {
      "/api/internal/trades": [undefined, ...trades],
      "/api/internal/trades/{id}": trades,
      "/api/internal/trades/analytics": trades,
      "/api/internal/trades/{id}/analytics": trades,
      "/api/snapshots/raw/{id}": raw,
      "/api/jobs/{id}": [job.id],
    },
  }));
});
after(async () => {
  await down();
});

/** Every violation in full on the console; the first of them in the failure. */
function none(violations) {
  for (const violation of violations) console.log(`  ${violation}`);
  assert.equal(violations.length, 0, `${violations.length} violations, of which:\n${violations.slice(0, 10).join("\n")}`);
}

describe("every answer", () => {
  test("every GET of the document was asked, but for those that say why not", () => {
    assert.deepEqual(unasked, []);
    const asked = new Set(answers.map((a) => a.route));
    assert.deepEqual(routes.filter((route) => !asked.has(route) && !SKIPPED[route]), []);
    assert.ok(answers.length > 300, `${answers.length} answers`);
  });

  test("is an answer: no failure, valid JSON, no NaN", () => {
    none(answers.flatMap(answered));
    const files = answers.filter((a) => a.notJson && a.date === RECORDED && a.currency === "BTC");
    assert.ok(files.some((a) => a.status === 200), "of what is stored there is a file");
  });

  test("is what the document says of it: every field there, of its type, null only where that is said", async () => {
    const documented = asDocumented((await get("/api/openapi")).body);
    none([...new Set(json().flatMap(documented))]);
  });

  test("has no null without a state and a reason", () => none(json().flatMap((a) => reasoned(a, NULLABLE))));

  test("is ok only within its tolerance, and of no later moment than asked", () => none(readings().flatMap(aged)));

  test("of a date with nothing stored within a week before says that nothing is there", () =>
    none(readings().filter((a) => a.date === NOTHING && !a.live).flatMap(nothingThere)));

  test("of a date whose latest data is days old shows nothing of that as ok", () => none(readings().filter((a) => a.date === STALE && !a.live).flatMap(staleThere)));

  test("joins inputs of one moment", () => none(readings().flatMap(oneMoment)));

  test("says of a statistic what it stands on, and judges on enough", () => none(json().flatMap(standsOn)));
});

function consistent({ violations, compared }, ...expected) {
  for (const what of expected) assert.ok(compared[what] > 0, `${what} was never compared: ${JSON.stringify(compared)}`);
  none(violations);
}

describe("between answers", () => {
  test("a quantity has one value on every route that shows it", () =>
    consistent(oneNumber(json()), "net_gex", "dvol", "vrp", "atm_iv_7", "atm_iv_30", "risk_reversal_25", "gamma_spot", "flip", "gamma_regime", "surface_spot"));

  test("VRP, the variance premium and the sign of a regime are what they are defined to be", () =>
    consistent(definitions(json()), "vrp", "variance_premium", "one hour", "sign of the regime"));

  test("density, masses, quantiles and touch are of one distribution", () =>
    consistent(
      oneDistribution(json()),
      ...["touch ≥ finish", "finish beyond = mass of the density", "finish beyond = conditional mass", "masses add to 1", "conditional mass = mass of the density"],
      ...["quantiles against masses", "conditional quantiles against masses", "density adds up to its masses", "area", "touch ≥ in the money"],
    ));
});
