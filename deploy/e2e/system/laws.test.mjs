// Each law sees its violation, and passes what keeps it: a check that cannot fail is no check.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { below, definitions, oneDistribution, oneNumber } from "./consistency.mjs";
import { aged, answered, nothingThere, oneMoment, reasoned, staleThere, standsOn } from "./laws.mjs";

const ASKED = Date.parse("2026-05-02T00:00:00Z");
const answer = (body, more = {}) => ({ url: "/x", route: "/x", currency: "BTC", date: "2026-05-01", asked: ASKED, live: false, status: 200, text: JSON.stringify(body), body, ...more });
const figure = (value, asOf = "2026-05-01T23:00:00Z") => ({ value, state: "ok", reason: null, as_of: asOf, age_seconds: (ASKED - Date.parse(asOf)) / 1000, last_value: null });
const missing = { value: null, state: "missing", reason: "no_snapshot", as_of: null, age_seconds: null, last_value: null };
const stale = { value: null, state: "stale", reason: "older_than_36_hours", as_of: "2026-04-29T23:00:00Z", age_seconds: 176_400, last_value: 0.4 };

function keeps(law, ...answers) {
  for (const a of answers) assert.deepEqual(law(a), [], JSON.stringify(a.body));
}

function breaks(law, pattern, ...answers) {
  for (const a of answers) assert.match(law(a).join("\n"), pattern, JSON.stringify(a.body ?? a.text));
}

describe("laws of one answer", () => {
  test("answered", () => {
    keeps(answered, answer({ a: 1, note: "NaNjing" }), { ...answer(null), body: "a;b", text: "a;b", notJson: true });
    breaks(answered, /answered 500/, answer({}, { status: 500 }));
    breaks(answered, /answered 400/, answer({}, { status: 400 }));
    // a file of nothing is none; that is an answer of files about a date only, and only as a problem that says so
    const noFile = { status: 404, notJson: true };
    keeps(answered, answer({ detail: "nothing is stored" }, noFile));
    breaks(answered, /answered 404/, answer({ detail: "nothing is stored" }, { status: 404 }), answer({ detail: "no such route" }, { ...noFile, date: undefined }), answer({}, noFile));
    breaks(answered, /NaN or Infinity/, answer(null, { text: '{"a":"NaN"}', body: { a: "NaN" } }), answer(null, { text: '{"a":-Infinity}', body: {} }));
    breaks(answered, /not valid JSON/, answer(null, { text: "<html>", body: "<html>" }));
  });

  test("reasoned", () => {
    keeps(
      reasoned,
      answer({ iv: figure(0.5), rv: missing, dvol: stale }),
      answer({ density_quality: { state: "unavailable", reasons: ["no_surface"], area: null, surface_timestamp: null }, spot: null, points: [] }),
      answer({ points: [{ flip: null, flip_reason: "no_sign_change" }] }),
      answer({ state: "missing", reason: "no_gex_snapshot", flip: null, flip_reason: null }),
      answer({ pnl: { mean: null, n: 0, left_out_by: [{ state: "pending", reason: "target_in_the_future" }] } }),
    );
    breaks(reasoned, /iv\.value is null and ok/, answer({ iv: { ...figure(0.5), value: null } }));
    breaks(reasoned, /iv is missing without|iv\.state is missing without a reason/, answer({ iv: { ...missing, reason: null } }));
    breaks(reasoned, /iv\.value is served although stale/, answer({ iv: { ...stale, value: 0.4 } }));
    breaks(reasoned, /points\[0\]\.flip is null/, answer({ state: "ok", reason: null, points: [{ flip: null, regime: "positive" }] }));
    breaks(reasoned, /flip is null/, answer({ state: "degraded", reason: null, flip: null }));
    breaks(reasoned, /flip is null/, answer({ state: "degraded", reason: "left_out", flip: null, flip_reason: null }));
    breaks(reasoned, /distance is null/, answer({ state: "degraded", reason: "left_out", levels: [{ distance: null }] }));
    breaks(reasoned, /slippage is null/, answer({ traded_iv: null, traded_iv_reason: "no_quote", slippage: null }));
    breaks(reasoned, /as_of is null/, answer({ state: "ok", reason: null, as_of: null }));
    const listed = [
      { route: /^\/x$/, path: /^rows\.fee$/, why: "of this test" },
      { route: /^\/x$/, path: /^iv$/, given: "iv_told", why: "of this test" },
    ];
    keeps((a) => reasoned(a, listed), answer({ iv: null, iv_told: "no_quote" }));
    breaks((a) => reasoned(a, listed), /iv is null/, answer({ iv: null, iv_told: "no_quote" }, { route: "/y" }), answer({ iv: null }));
    keeps((a) => reasoned(a, listed), answer({ rows: [{ fee: null }] }));
    breaks((a) => reasoned(a, listed), /rows\[0\]\.cost is null/, answer({ rows: [{ fee: null, cost: null }] }));
  });

  test("aged", () => {
    keeps(aged, answer({ iv: figure(0.5) }), answer(stale), answer({ state: "ok", as_of: "2026-05-01T23:00:00Z" }, { live: true }));
    breaks(aged, /is ok with as_of .* 37\.0 h/, answer({ iv: figure(0.5, "2026-04-30T11:00:00Z") }));
    breaks(aged, /is ok with as_of .* 2\.0 h/, answer({ state: "ok", as_of: "2026-05-01T22:00:00Z" }, { live: true }));
    breaks(aged, /density_quality is ok with surface_timestamp/, answer({ density_quality: { state: "ok", surface_timestamp: "2024-04-01T23:00:00Z" } }));
    breaks(aged, /later than asked/, answer({ iv: figure(0.5, "2026-05-02T01:00:00Z") }), answer({ ...stale, as_of: "2026-05-03T00:00:00Z" }));
    breaks(aged, /is for 2026-05-01T/, answer({ asked: "2026-05-01T00:00:00Z" }));
    breaks(aged, /tells an age of 60 s/, answer({ ...figure(0.5), age_seconds: 60 }));
  });

  test("nothing there, and stale there", () => {
    keeps(nothingThere, answer({ iv: missing }));
    breaks(nothingThere, /iv is ok where nothing/, answer({ iv: figure(0.5) }));
    breaks(nothingThere, /does not say/, answer({ points: [] }));
    keeps(staleThere, answer({ state: "stale", reason: "old", as_of: "2026-04-28T00:00:00Z", slices: [] }), answer({ state: "ok", points: [] }));
    breaks(staleThere, /is ok where the latest data/, answer({ iv: figure(0.5) }));
  });

  test("one moment", () => {
    const at = (chain, surface) => answer({ state: "ok", chain_timestamp: chain, density_quality: { state: "ok", surface_timestamp: surface } });
    keeps(oneMoment, at("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z"));
    breaks(oneMoment, /apart: chain_timestamp .* density_quality\.surface_timestamp/, at("2026-05-01T00:00:00Z", "2026-05-01T23:00:00Z"));
    breaks(oneMoment, /apart: as_of .* vols_as_of/, answer({ state: "ok", as_of: "2026-05-01T23:00:00Z", vols_as_of: "2026-05-01T20:00:00Z" }));
  });

  test("stands on", () => {
    const sample = (independent, coverage) => ({ n: 2000, asked: 2160, coverage, independent_n: independent });
    keeps(
      standsOn,
      answer({ rank: 0.5, sample: sample(84, 0.93), state: "ok" }),
      answer({ rank: 0.5, sample: sample(84, 0.5), state: "degraded", reason: "coverage_below_80_percent" }),
      answer({ beta: 0.1, rank: null, sample: sample(12, 0.9), state: "ok" }),
      answer({ n: 70, mean: 0.1, interval: null, interval_reason: "too_few_independent_observations" }),
      answer({ sample: sample(84, 0.93), state: "ok", tests: [{ verdict: "stationary", statistic: -4 }] }),
      answer({ n: 500, independent_n: 31, coverage: 1, mean: 0, interval: [-1, 1] }),
      answer({ state: "degraded", reason: "coverage_below_80_percent", outcomes: [{ n: 500, independent_n: 31, coverage: 0.5, interval: [-1, 1] }] }),
      answer({ n: 500, left_out: 12, independent_n: 31, interval: [-1, 1] }, { ofEvents: true }),
    );
    breaks(standsOn, /not how many independent/, answer({ rank: 0.5, n: 2000 }), answer({ interval: [0, 1], n: 40 }), answer({ beta: 1, n: 400 }));
    breaks(standsOn, /shows rank on 29 independent/, answer({ rank: 0.5, sample: sample(29, 0.9) }));
    breaks(standsOn, /shows verdict on 12 independent/, answer({ sample: sample(12, 1), tests: [{ verdict: "stationary" }] }));
    breaks(standsOn, /not its coverage/, answer({ rank: 0.5, independent_n: 40 }));
    breaks(standsOn, /not degraded with 50 %/, answer({ rank: 0.5, state: "ok", sample: sample(84, 0.5) }));
    breaks(standsOn, /not degraded with 50 %/, answer({ state: "ok", outcomes: [{ n: 500, independent_n: 31, coverage: 0.5, interval: [-1, 1] }] }));
    breaks(standsOn, /shows interval on 12/, answer({ n: 500, independent_n: 12, interval: [-1, 1] }, { ofEvents: true }));
    breaks(standsOn, /without width/, answer({ independent_n: 40, coverage: 1, interval: [0.1, 0.1] }));
  });
});

describe("laws between answers", () => {
  const overview = (more) => answer({ atm_iv30: figure(0.5), rv30: figure(0.4), ...more }, { route: "/api/analytics/overview", url: "/overview" });
  const flow = (last) => answer({ points: [{ at: "2026-05-01T23:00:00Z", flip: null, ...last }] }, { route: "/api/flow/gex", url: "/flow" });

  test("one number", () => {
    const same = oneNumber([overview({ net_gex: figure(1e6) }), flow({ net_gex: 1e6 })]);
    assert.deepEqual([same.violations, same.compared], [[], { net_gex: 1 }]);
    assert.match(oneNumber([overview({ net_gex: figure(1e6) }), flow({ net_gex: -3.8e6 })]).violations.join(), /net_gex: 1000000 and -3800000/);
    const term = answer({ constant: [{ days: 30, atm_iv: figure(0.51) }] }, { route: "/api/analytics/term-structure" });
    assert.match(oneNumber([overview({}), term]).violations.join(), /atm_iv_30: 0.5 and 0.51/);
    const profile = answer({ state: "ok", as_of: "2026-05-01T23:00:00Z", regime: "negative", net_gex: -1 }, { route: "/api/analytics/gamma-profile" });
    assert.match(oneNumber([profile, flow({ net_gex: -1, regime: "positive" })]).violations.join(), /gamma_regime: negative and positive/);
    assert.deepEqual(oneNumber([overview({}), { ...term, currency: "ETH" }]).compared, {}, "another currency is another quantity");
  });

  test("definitions", () => {
    assert.deepEqual(definitions([overview({ vrp: figure(0.1), variance_premium: figure(0.09) })]).violations, []);
    assert.match(definitions([overview({ vrp: figure(0.09) })]).violations.join(), /vrp: 0.09/);
    assert.match(definitions([overview({ vrp: figure(0.1, "2026-05-03T00:00:00Z") })]).violations.join(), /one hour/);
    assert.match(definitions([flow({ net_gex: -5, regime: "positive" })]).violations.join(), /positive with a net of -5/);
    assert.match(definitions([flow({ net_gex: 5, regime: "positive", rounding_band: 9 })]).violations.join(), /inside ±9/);
    assert.deepEqual(definitions([flow({ net_gex: 5, regime: "undetermined", rounding_band: 9 })]).violations, []);
  });

  // uniform on [0, 100]: every mass is known by sight
  const uniform = Array.from({ length: 101 }, (_, i) => ({ price: i, density: 0.01, below: i / 100 }));
  const of = (route, body) => answer({ dte: 30, spot: 50, ...body }, { route: `/api/probability/${route}`, dte: "30" });
  const density = (more = {}) => of("density", { points: uniform, quantiles: [{ probability: 0.25, price: 25 }], density_quality: { state: "ok", area: 1 }, ...more });
  const touch = (hit, finish) => of("touch", { levels: [{ level: 45, move_pct: -10, touch_probability: hit, finish_beyond_probability: finish }] });
  const sides = (masses) => Object.entries(masses).map(([side, mass]) => ({ side, mass, quantiles: [] }));
  const conditional = (masses) => of("conditional", { band_low: 45, band_high: 55, sides: sides({ below_spot: 0.5, above_spot: 0.5, below_band: 0.45, inside_band: 0.1, above_band: 0.45, ...masses }) });

  test("one distribution", () => {
    const good = oneDistribution([density(), touch(0.8, 0.45), conditional()]);
    assert.deepEqual(good.violations, []);
    for (const what of ["touch ≥ finish", "finish beyond = mass of the density", "finish beyond = conditional mass", "masses add to 1", "quantiles against masses"]) assert.ok(good.compared[what] > 0, what);
    const breaks = (pattern, ...answers) => assert.match(oneDistribution(answers).violations.join("\n"), pattern);
    breaks(/touch ≥ finish: 0.4 and 0.45/, touch(0.4, 0.45));
    breaks(/finish beyond = mass of the density: 0.6/, density(), touch(0.8, 0.6));
    breaks(/finish beyond = conditional mass: 0.6/, conditional(), touch(0.8, 0.6));
    breaks(/masses add to 1: 0.999/, conditional({ above_spot: 0.4999 }));
    breaks(/conditional mass = mass of the density/, density(), conditional({ below_band: 0.5, inside_band: 0.05 }));
    breaks(/quantiles against masses: 0.25/, density({ quantiles: [{ probability: 0.25, price: 26 }] }));
    breaks(/area: 1.2/, density({ density_quality: { state: "ok", area: 1.2 } }));
    breaks(/masses rise/, density({ points: uniform.with(50, { price: 50, density: 0.01, below: 0.2 }) }));
    breaks(/density adds up/, density({ points: uniform.map((p) => ({ ...p, density: 0.02 })), quantiles: [] }));
    const screen = answer({ candidates: [{ legs: ["P", "C"], probability_touch: 0.3, probability_in_the_money: 0.4 }] }, { route: "/api/probability/candidates" });
    breaks(/touch ≥ in the money: P,C: 0.3 and 0.4/, screen);
    const half = { ...sides({ below_spot: 0.5 })[0], quantiles: [{ probability: 0.5, price: 30 }] };
    breaks(/conditional quantiles against masses: 0.25 and 0.3/, density(), of("conditional", { sides: [half] }));
  });

  test("a mass between two points is taken with the density as slope", () => {
    const square = [{ price: 0, below: 0, density: 0 }, { price: 1, below: 1, density: 2 }];
    assert.ok(Math.abs(below(square, 0.3) - 0.09) < 1e-15, "x² is met exactly");
    assert.equal(below(square, 2), null);
  });
});
