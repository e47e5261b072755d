// The laws that hold between answers: one quantity has one value on every route that shows it, and probabilities are those of one
// distribution. Each tells how often it compared what, so that a comparison that never took place is seen.

const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const number = (v) => typeof v === "number" && Number.isFinite(v);
const SAME = 1e-9;
const MASS = 1e-6;

class Comparisons {
  violations = [];
  compared = {};

  close(what, tolerance, a, b, of) {
    this.compared[what] = (this.compared[what] ?? 0) + 1;
    if (!(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)))) this.violations.push(`${what}: ${a} and ${b} (${of})`);
  }

  holds(what, condition, told) {
    this.compared[what] = (this.compared[what] ?? 0) + 1;
    if (!condition) this.violations.push(`${what}: ${told}`);
  }
}

const known = (figure) => isObject(figure) && figure.state === "ok" && number(figure.value);

/** What a route shows of the quantities that several routes show: [name, source time, value]. */
function* quantities({ route, body }) {
  const figure = (name, f) => (known(f) ? [[name, f.as_of, f.value]] : []);
  if (route === "/api/analytics/overview") {
    for (const [name, field] of Object.entries({ net_gex: "net_gex", dvol: "dvol", vrp: "vrp", atm_iv_7: "atm_iv7", atm_iv_30: "atm_iv30", risk_reversal_25: "risk_reversal25" })) {
      yield* figure(name, body[field]);
    }
  } else if (route === "/api/analytics/thresholds") {
    for (const metric of body.metrics) yield* figure(metric.metric, metric.now);
  } else if (route === "/api/analytics/term-structure") {
    for (const maturity of body.constant ?? []) yield* figure(`atm_iv_${maturity.days}`, maturity.atm_iv);
  } else if (route === "/api/analytics/gamma-profile" && ["ok", "degraded"].includes(body.state)) {
    yield ["net_gex", body.as_of, body.net_gex];
    yield ["gamma_spot", body.as_of, body.spot];
    yield ["flip", body.as_of, body.nearest_flip];
    yield ["gamma_regime", body.as_of, body.regime];
  } else if (route === "/api/flow/gex") {
    const last = body.points.at(-1);
    if (last) {
      yield ["net_gex", last.at, last.net_gex];
      yield ["gamma_spot", last.at, last.spot];
      yield ["flip", last.at, last.flip];
      yield ["gamma_regime", last.at, last.regime];
    }
  } else if (/^\/api\/probability\/(density|touch|conditional)$/.test(route) && number(body.spot)) {
    yield [`surface_spot`, body.surface_timestamp ?? body.density_quality?.surface_timestamp, body.spot];
  }
}

/** A quantity of one currency and one source time is the same on every route. */
export function oneNumber(answers) {
  const seen = new Map();
  const result = new Comparisons();
  for (const answer of answers) {
    if (answer.status !== 200 || !answer.currency) continue;
    for (const [name, time, value] of quantities(answer)) {
      if (value === null || value === undefined) continue;
      const key = `${name}|${answer.currency}|${Date.parse(time)}`;
      const first = seen.get(key);
      if (!first) {
        seen.set(key, { value, answer });
      } else if (first.answer.route !== answer.route) {
        const of = `${first.answer.url} and ${answer.url} of ${time}`;
        if (number(value)) result.close(name, SAME, first.value, value, of);
        else result.holds(name, first.value === value, `${first.value} and ${value} (${of})`);
      }
    }
  }
  return result;
}

/** VRP is IV30 − RV30, the variance premium the difference of their squares, each of one hour; a net has the sign its regime names. */
export function definitions(answers) {
  const result = new Comparisons();
  for (const { status, route, url, body } of answers) {
    if (status !== 200) continue;
    if (route === "/api/analytics/overview") {
      const [iv, rv] = [body.atm_iv30, body.rv30];
      for (const [name, of] of [
        ["vrp", (a, b) => a - b],
        ["iv_rv_gap", (a, b) => a - b],
        ["variance_premium", (a, b) => a * a - b * b],
      ]) {
        if (!known(body[name]) || !known(iv) || !known(rv)) continue;
        result.close(name, SAME, body[name].value, of(iv.value, rv.value), url);
        result.holds("one hour", iv.as_of === rv.as_of && iv.as_of === body[name].as_of, `${name} of ${body[name].as_of}, IV of ${iv.as_of}, RV of ${rv.as_of} (${url})`);
      }
    }
    const readings = route === "/api/analytics/gamma-profile" && body.state === "ok" ? [body] : route === "/api/flow/gex" ? body.points : [];
    for (const { net_gex: net, regime, rounding_band: band } of readings) {
      if (!number(net) || regime === null) continue;
      const said = { positive: net > 0, negative: net < 0 }[regime];
      result.holds("sign of the regime", said !== false, `${regime} with a net of ${net} (${url})`);
      if (number(band)) result.holds("sign outside its band", !(Math.abs(net) <= band) || !["positive", "negative"].includes(regime), `${regime} with a net of ${net} inside ±${band} (${url})`);
    }
  }
  return result;
}

/** P(S ≤ price) between the points of a density answer: cubic with the density itself as slope. */
export function below(points, price) {
  const i = points.findIndex((p) => p.price > price);
  if (i < 1) return null;
  const [a, b] = [points[i - 1], points[i]];
  const h = b.price - a.price;
  const t = (price - a.price) / h;
  return (
    (1 + 2 * t) * (1 - t) ** 2 * a.below + t * (1 - t) ** 2 * h * a.density + t * t * (3 - 2 * t) * b.below + t * t * (t - 1) * h * b.density
  );
}

const NEAR = 2e-4;

/** Density, conditional masses and touch of one currency, date and maturity are of one distribution. */
export function oneDistribution(answers) {
  const result = new Comparisons();
  const groups = new Map();
  for (const answer of answers) {
    if (answer.status !== 200 || !/^\/api\/probability\/(density|touch|conditional)$/.test(answer.route)) continue;
    const of = `${answer.currency} ${answer.date ?? "now"} ${answer.dte} d`;
    groups.set(of, [...(groups.get(of) ?? []), answer]);
  }
  for (const [of, group] of groups) {
    const [density, touch, conditional] = ["density", "touch", "conditional"].map((r) => group.find((a) => a.route.endsWith(r))?.body);
    const points = density?.points ?? [];
    for (const { level, move_pct, touch_probability: hit, finish_beyond_probability: finish } of touch?.levels ?? []) {
      if (!number(hit) || !number(finish)) continue;
      result.holds("touch ≥ finish", hit >= finish - 1e-12 && hit <= 1 && finish >= 0, `${hit} and ${finish} at ${level} (${of})`);
      const under = points.length ? below(points, level) : null;
      if (under !== null) result.close("finish beyond = mass of the density", NEAR, finish, move_pct < 0 ? under : 1 - under, `level ${level}, ${of}`);
    }
    const sides = Object.fromEntries((conditional?.sides ?? []).map((s) => [s.side, s]));
    for (const parts of [["below_spot", "above_spot"], ["below_band", "inside_band", "above_band"]]) {
      if (parts.every((p) => number(sides[p]?.mass))) {
        result.close("masses add to 1", MASS, parts.reduce((sum, p) => sum + sides[p].mass, 0), 1, `${parts.join(" + ")}, ${of}`);
      }
    }
    for (const [side, edge, sign] of [["below_band", conditional?.band_low, -1], ["above_band", conditional?.band_high, 1]]) {
      const level = touch?.levels?.find((l) => number(edge) && Math.abs(l.level / edge - 1) < 1e-9);
      if (level && sides[side]) result.close("finish beyond = conditional mass", MASS, level.finish_beyond_probability, sides[side].mass, `${side}, ${of}`);
      const under = number(edge) && points.length ? below(points, edge) : null;
      if (under !== null) result.close("conditional mass = mass of the density", NEAR, sides[side].mass, sign < 0 ? under : 1 - under, `${side}, ${of}`);
    }
    for (const { probability, price } of density?.quantiles ?? []) {
      const under = below(points, price);
      if (under !== null) result.close("quantiles against masses", NEAR, probability, under, `at ${price}, ${of}`);
    }
    const starts = { below_spot: 0, below_band: 0, above_spot: sides.below_spot?.mass, inside_band: sides.below_band?.mass, above_band: 1 - sides.above_band?.mass };
    for (const [name, side] of Object.entries(sides)) {
      for (const { probability, price } of side.quantiles ?? []) {
        const under = points.length ? below(points, price) : null;
        if (under !== null && number(starts[name])) result.close("conditional quantiles against masses", NEAR, starts[name] + probability * side.mass, under, `${name} ${probability}, ${of}`);
      }
    }
    const quality = density?.density_quality;
    if (quality?.state === "ok") result.holds("area", quality.area >= 0.97 && quality.area <= 1.03, `${quality.area} (${of})`);
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      if (!(b.below >= a.below)) result.holds("masses rise", false, `${a.below} then ${b.below} at ${b.price} (${of})`);
    }
    if (points.length > 1) {
      const area = points.slice(1).reduce((sum, b, i) => sum + ((b.density + points[i].density) / 2) * (b.price - points[i].price), 0);
      result.close("density adds up to its masses", 2e-3, area, points.at(-1).below - points[0].below, of);
    }
  }
  for (const { status, route, url, body } of answers) {
    if (status !== 200 || route !== "/api/probability/candidates") continue;
    for (const c of body.candidates ?? []) {
      if (!number(c.probability_touch) || !number(c.probability_in_the_money)) continue;
      result.holds("touch ≥ in the money", c.probability_touch >= c.probability_in_the_money - 1e-9, `${c.legs}: ${c.probability_touch} and ${c.probability_in_the_money} (${url})`);
    }
  }
  return result;
}
