// Asks every GET that the API's own document names, with each currency, date and id there is to ask with.

const CURRENCIES = ["BTC", "ETH", "SOL"];
const NUMBERS = ["vrp", "net_gex", "atm_iv30"];
const TYPES = ["gex", "iv_surface", "vol_metrics", "spot", "oi"];

/** Routes that ask the vendor while somebody waits: their data is hourly. */
const LIVE = new Set(["/api/analytics/gex-levels", "/api/reference-rates", "/api/volume-24h"]);

/** Routes whose times are those of events (an execution, a run, a delivery), not of readings for the asked moment. */
const OF_EVENTS = /^\/api\/(internal|alerts|health|session|lineage|jobs|snapshots\/(?!readiness))/;

/** What is not asked, and why. */
export const SKIPPED = {
  "/api/jobs/{id}/events": "a stream of events that ends with its job",
  "/api/session/login": "answered with a place to go to",
  "/api/openapi": "the document itself",
};

/** A file of one date, lines or columns. */
const NOT_JSON = new Set(["/api/snapshots/export"]);

const endOf = (date) => Math.min(Date.parse(`${date}T00:00:00Z`) + 86_400_000, Date.now());

/** Each way to choose one value for each name. */
function combinations(choices) {
  return Object.entries(choices).reduce((sofar, [name, values]) => sofar.flatMap((s) => values.map((v) => ({ ...s, [name]: v }))), [{}]);
}

/**
 * What to ask a route: one entry a question, undefined values left out of the query.
 *
 * @param ids values for path parameters by route
 */
function questions(route, parameters, { dates, ids }) {
  const names = new Set(parameters.map((p) => p.name));
  const choices = {};
  for (const { name, in: place, required } of parameters) {
    if (name === "currency") choices.currency = CURRENCIES;
    else if (name === "asset") choices.asset = CURRENCIES.map((c) => c.toLowerCase());
    else if (name === "type") choices.type = TYPES;
    else if (name === "date" && place === "path") choices.date = dates.filter((d) => d !== undefined);
    else if (name === "date") choices.date = NOT_JSON.has(route) ? dates.filter((d) => d !== undefined) : dates;
    else if (name === "underlying") choices.underlying = ["MSTR", "COIN"];
    else if (name === "number") choices.number = NUMBERS;
    else if (name === "dte") choices.dte = ["7", "30"];
    else if (name === "levels" || name === "band_pct" || name === "cursor" || name === "to" || name === "portfolio" || name === "source") continue;
    else if (name === "limit") choices.limit = ["20"];
    else if (name === "from" && names.has("to")) choices.from = dates;
    else if (name === "id") choices.id = ids[route] ?? [];
    else if (place === "path" || required) throw new Error(`the audit knows no value for ${name} of ${route}`);
  }
  return combinations(choices);
}

/** @returns the route with its parameters filled in and the rest as query */
function urlOf(route, question) {
  const query = new URLSearchParams();
  let path = route;
  for (const [name, value] of Object.entries(question)) {
    if (value === undefined) continue;
    if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value));
    else query.set(name, value);
    if (name === "from") query.set("to", value);
  }
  return query.size ? `${path}?${query}` : path;
}

/**
 * @param get asks a path of the gateway: {status, body, text}
 * @param dates the dates to ask for; undefined asks without
 * @param ids real ids by route
 * @returns the answers, and the routes of which nothing could be asked
 */
export async function walk(get, { dates, ids }) {
  const paths = (await get("/api/openapi")).body.paths;
  const routes = Object.entries(paths)
    .filter(([route, operations]) => operations.get && !SKIPPED[route])
    .map(([route, operations]) => [route, questions(route, [...(operations.parameters ?? []), ...(operations.get.parameters ?? [])], { dates, ids })]);
  const asked = routes.flatMap(([route, list]) => list.map((question) => ({ route, question })));
  const answers = [];
  const next = asked.values();
  const ask = async () => {
    for (const { route, question } of next) {
      const url = urlOf(route, question);
      const { status, body, text } = await get(url);
      const date = question.date ?? question.from;
      answers.push({
        ...{ url, route, status, body, text, date, dte: question.dte, live: LIVE.has(route), ofEvents: OF_EVENTS.test(route), notJson: NOT_JSON.has(route) },
        currency: question.currency ?? question.asset?.toUpperCase(),
        asked: date === undefined ? Date.now() : endOf(date),
      });
    }
  };
  await Promise.all(Array.from({ length: 4 }, ask));
  return { answers, unasked: routes.filter(([, list]) => list.length === 0).map(([route]) => route), routes: routes.map(([route]) => route).concat(Object.keys(SKIPPED)) };
}
