// What must hold of every answer of the API, whatever the numbers are. Each law takes answers and names what breaks it; none knows
// how a figure is computed, only what figures owe their reader: a state, a reason, an age, one value, one moment, one probability.
//
// An answer is {url, route, currency, date, dte, asked, live, ofEvents, notJson, status, text, body}: `asked` is the moment the question
// was for (the end of the asked date, or now) in milliseconds; `live` says that the route asks the vendor while somebody waits.

const HOUR = 3_600_000;
/** How old an ok figure may be: what is asked live, what a daily snapshot stored. */
export const FRESH = { live: 75 * 60_000, snapshot: 36 * HOUR };
const CLOCK_SKEW = 5 * 60_000;
const ONE_MOMENT = HOUR;
const FEWEST_INDEPENDENT = 30;
const LEAST_COVERAGE = 0.8;

const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const number = (v) => typeof v === "number" && Number.isFinite(v);

/** Every object of a body, outermost first, with its path and the objects around it (nearest last). */
export function* objects(body, path = "", around = []) {
  if (Array.isArray(body)) {
    for (const [i, item] of body.entries()) yield* objects(item, `${path}[${i}]`, around);
  } else if (isObject(body)) {
    yield { path, object: body, around };
    for (const [key, value] of Object.entries(body)) yield* objects(value, path ? `${path}.${key}` : key, [...around, body]);
  }
}

const where = (answer, path) => `${answer.url} ${path}`.trim();
const plain = (path) => path.replaceAll(/\[\d+\]/g, "");

// ---------------------------------------------------------------------------------------------------------------- answered

/** No failure, valid JSON, and no number that is none. */
export function answered(answer) {
  // of a file, that there is none is said by its status
  if (answer.notJson && answer.status === 404 && answer.date !== undefined && isObject(answer.body) && answer.body.detail) return [];
  if (answer.status !== 200) return [`${answer.url} answered ${answer.status}: ${String(answer.text).slice(0, 200)}`];
  const found = [];
  if (/(?<![A-Za-z_])-?(NaN|Infinity)(?![A-Za-z_])/.test(answer.text)) found.push(`${answer.url} shows NaN or Infinity`);
  if (!answer.notJson && (answer.body === undefined || typeof answer.body === "string")) found.push(`${answer.url} is not valid JSON`);
  return found;
}

// ---------------------------------------------------------------------------------------------------------------- reasoned

/** States that are as good as ok: what they name is the figure itself. */
const FINE = new Set(["ok", "unrealized_mark"]);
const NOT_THERE = new Set(["missing", "unavailable", "stale", "pending", "unmapped", "not_entitled", "unsupported"]);

function reasonOf(object) {
  for (const [key, value] of Object.entries(object)) {
    if ((key === "reason" || key.endsWith("_reason")) && typeof value === "string" && value !== "") return value;
    if (key === "quote_quality" && typeof value === "string" && value !== "ok") return value;
    if (/^(reasons|errors|left_out_by|missing_inputs)$/.test(key) && Array.isArray(value) && value.length > 0) return JSON.stringify(value);
  }
  return null;
}

/** The reason of an object as a whole, where it has no state: the reason of one of its fields excuses no other. */
function wholeReason(object) {
  const { state, ...rest } = object;
  return reasonOf(Object.fromEntries(Object.entries(rest).filter(([key]) => !key.endsWith("_reason"))));
}

const notThere = (object) => NOT_THERE.has(object.state) && reasonOf(object) !== null;

/** Whether the null of `key` is explained: beside it by a reason of its own or by the object's, or by a state around it. */
function explained(key, object, around) {
  if (typeof object[`${key}_reason`] === "string" || notThere(object)) return true;
  if (object.state !== "ok" && !Object.hasOwn(object, `${key}_reason`) && (object.state === undefined ? wholeReason(object) : reasonOf(object)) !== null) return true;
  const quality = Object.entries(object).find(([k, v]) => k.endsWith("quality") && isObject(v));
  if (quality && notThere(quality[1])) return true;
  return around.some((o) => notThere(o) || Object.entries(o).some(([k, v]) => k.endsWith("quality") && isObject(v) && notThere(v)));
}

/** Keys that say why or whence something is, and are rightly null where there is nothing to say. */
const COMPANION = /^(reason|.*_reason|last_(value|price|volume_usd)|next_cursor|next_offset)$/;
/** Where the time of a source or its age is null, the state beside it has to say that there is no source. */
const SOURCE_TIME = /^(as_of|age_seconds|.*_timestamp|.*_as_of)$/;

/**
 * No null without a state and a reason, no state other than ok without a reason, no value beside a state that denies it.
 *
 * @param nullable `{route, path, why, given}`: what may be null by what it means; `path` is of the field, indices left out; where
 *     `given` is there, only beside a field of that name that is not null
 */
export function reasoned(answer, nullable = []) {
  const found = [];
  const listed = (path, object) =>
    nullable.some((n) => n.route.test(answer.route) && n.path.test(plain(path)) && (n.given === undefined || (object[n.given] ?? null) !== null));
  for (const { path, object, around } of objects(answer.body)) {
    const at = (key) => (path ? `${path}.${key}` : key);
    if (typeof object.state === "string" && !FINE.has(object.state) && reasonOf(object) === null && !listed(at("state"), object)) {
      found.push(`${where(answer, at("state"))} is ${object.state} without a reason`);
    }
    if (Object.hasOwn(object, "value") && Object.hasOwn(object, "state")) {
      if (object.value === null && object.state === "ok") found.push(`${where(answer, at("value"))} is null and ok`);
      if (object.value !== null && !["ok", "degraded"].includes(object.state)) found.push(`${where(answer, at("value"))} is served although ${object.state}`);
    }
    for (const [key, value] of Object.entries(object)) {
      if (value !== null || COMPANION.test(key) || explained(key, object, around) || listed(at(key), object)) continue;
      if (SOURCE_TIME.test(key) && typeof object.state === "string" && object.state !== "ok") continue;
      found.push(`${where(answer, at(key))} is null without a state and a reason`);
    }
  }
  return found;
}

// -------------------------------------------------------------------------------------------------------------------- ages

const TIMES = ["as_of", "surface_timestamp", "chain_timestamp", "source_timestamp"];

/** The source times that an object shows for itself or in the quality it carries. */
function sourceTimes(object) {
  const own = TIMES.filter((key) => typeof object[key] === "string").map((key) => [key, Date.parse(object[key])]);
  const quality = Object.entries(object).filter(([key, value]) => key.endsWith("quality") && isObject(value));
  return [...own, ...quality.flatMap(([key, value]) => sourceTimes(value).map(([k, t]) => [`${key}.${k}`, t]))];
}

/** Nothing ok is older than its tolerance or later than it was asked for, and an age is the distance to the asked moment. */
export function aged(answer) {
  const fresh = answer.live ? FRESH.live : FRESH.snapshot;
  const found = [];
  for (const { path, object } of objects(answer.body)) {
    if (typeof object.asked === "string" && Math.abs(Date.parse(object.asked) - answer.asked) > CLOCK_SKEW) {
      found.push(`${where(answer, path)} is for ${object.asked}, asked was ${new Date(answer.asked).toISOString()}`);
    }
    if (typeof object.state !== "string") continue;
    for (const [key, time] of sourceTimes(object)) {
      const age = answer.asked - time;
      if (age < -CLOCK_SKEW) found.push(`${where(answer, path)} shows ${key} ${new Date(time).toISOString()}, later than asked`);
      if (object.state === "ok" && age > fresh + CLOCK_SKEW) {
        found.push(`${where(answer, path)} is ok with ${key} ${new Date(time).toISOString()}, ${(age / HOUR).toFixed(1)} h before the asked moment`);
      }
    }
    if (number(object.age_seconds) && typeof object.as_of === "string") {
      const age = (answer.asked - Date.parse(object.as_of)) / 1000;
      if (Math.abs(Math.max(age, 0) - object.age_seconds) > CLOCK_SKEW / 1000) {
        found.push(`${where(answer, path)} tells an age of ${object.age_seconds} s, and it is ${Math.round(age)} s to the asked moment`);
      }
    }
  }
  return found;
}

/** Where nothing was stored within a week before the asked moment, nothing is ok or merely stale. */
export function nothingThere(answer) {
  const found = [];
  let told = false;
  for (const { path, object } of objects(answer.body)) {
    if (["ok", "stale", "degraded"].includes(object.state)) found.push(`${where(answer, path)} is ${object.state} where nothing is stored`);
    told ||= NOT_THERE.has(object.state);
  }
  if (!told) found.push(`${answer.url} does not say that there is nothing`);
  return found;
}

/** Where the latest stored data is days old, whatever shows that it is of a moment is stale, not ok. */
export function staleThere(answer) {
  return [...objects(answer.body)]
    .filter(({ object }) => object.state === "ok" && sourceTimes(object).length > 0)
    .map(({ path }) => `${where(answer, path)} is ok where the latest data is days old`);
}

// -------------------------------------------------------------------------------------------------------------- one moment

/** The inputs of one figure are of one moment. */
export function oneMoment(answer) {
  const found = [];
  for (const { path, object } of objects(answer.body)) {
    if (object.state !== "ok") continue;
    const inputs = [...sourceTimes(object), ...["spot", "vols", "forward"].flatMap((input) => [`${input}_as_of`, `${input}_timestamp`]).filter((key) => typeof object[key] === "string").map((key) => [key, Date.parse(object[key])])];
    const times = inputs.map(([, time]) => time);
    if (Math.max(...times) - Math.min(...times) > ONE_MOMENT) {
      found.push(`${where(answer, path)} joins inputs that are apart: ${inputs.map(([key, time]) => `${key} ${new Date(time).toISOString()}`).join(", ")}`);
    }
  }
  return found;
}

// ------------------------------------------------------------------------------------------------------------- stands on

/** What is no more than a description without enough independent observations. */
const JUDGEMENTS = ["rank", "interval", "verdict"];
const STATISTICS = [...JUDGEMENTS, "percentiles", "beta", "correlation", "statistic"];
const shown = (value) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** The sample of a statistic: its own, or that of what is around it. */
function sampleOf(object, around) {
  for (const candidate of [object, ...around.toReversed()]) {
    for (const sample of [candidate, candidate.sample]) {
      if (isObject(sample) && number(sample.independent_n)) return sample;
    }
  }
  return null;
}

/** The state nearest to the innermost of some nested objects. */
const stateOf = (nested) => nested.findLast((o) => typeof o.state === "string")?.state;

/** Every statistic over a window tells its sample; no interval, rank or verdict on too few; under 80 % of its window it is not ok. */
export function standsOn(answer) {
  const found = [];
  for (const { path, object, around } of objects(answer.body)) {
    const statistics = STATISTICS.filter((key) => shown(object[key]) && typeof object[key] !== "object" || Array.isArray(object[key]) && object[key].length > 0);
    if (statistics.length === 0 || !(number(object.n) || isObject(object.sample) || statistics.some((key) => JUDGEMENTS.includes(key)))) continue;
    const stands = sampleOf(object, around);
    if (stands === null) {
      found.push(`${where(answer, path)} shows ${statistics.join(", ")} and not how many independent observations they stand on`);
      continue;
    }
    const sample = stands;
    const judged = statistics.filter((key) => JUDGEMENTS.includes(key));
    if (sample.independent_n < FEWEST_INDEPENDENT && judged.length > 0) {
      found.push(`${where(answer, path)} shows ${judged.join(", ")} on ${sample.independent_n} independent observations`);
    }
    if (!number(sample.coverage)) {
      // events have no window with hours to be missing: what is left out of them is counted beside them
      if (!answer.ofEvents) found.push(`${where(answer, path)} shows ${statistics.join(", ")} and not its coverage`);
    } else if (sample.coverage < LEAST_COVERAGE && (stateOf([...around, object]) ?? "ok") === "ok") {
      found.push(`${where(answer, path)} is not degraded with ${(100 * sample.coverage).toFixed(0)} % of its window`);
    }
  }
  for (const { path, object } of objects(answer.body)) {
    if (Array.isArray(object.interval) && object.interval.every(number) && !(object.interval[0] < object.interval[1])) {
      found.push(`${where(answer, path)} has an interval without width: [${object.interval}]`);
    }
  }
  return found;
}
