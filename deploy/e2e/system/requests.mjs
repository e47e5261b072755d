// Draws requests from the API's own document: a request that is right, and then one to three things about it that are not.
import { BODIES, DATES, INSTANTS, JSON_VALUES, NUMBERS, RAW_ESCAPES, TEXTS } from "./hostile.mjs";

const RECORDED = "2024-04-01";

/** What a right request holds; a field that is not here is left out of one. */
const RIGHT = {
  currency: ["BTC", "ETH", "SOL"],
  asset: ["btc", "eth"],
  date: [RECORDED, "2024-04-02"],
  from: [RECORDED],
  to: [RECORDED],
  type: ["gex", "spot", "iv_surface"],
  id: ["1", "A-1"],
  root: ["1MSTR", "MSTR1"],
  number: ["vrp"],
  tables: ["spot_snapshots"],
};

/**
 * Bodies to start from where an empty one would do much work. No request of the fuzz does a real sync, backfill, repair or
 * dispatch: `never` is what a field must not be.
 */
const ACTIONS = {
  "/api/admin/snapshot": { start: { target_date: RECORDED, types: ["spot"], currencies: ["BTC"] }, keep: ["types", "currencies"] },
  "/api/admin/snapshot/backfill": { start: { from: RECORDED, to: RECORDED, dry_run: true }, never: { dry_run: false } },
  "/api/admin/snapshot/rederive": { start: { from: RECORDED, types: ["spot"], currencies: ["BTC"] }, never: { apply: true } },
  "/api/internal/trades/sync": { start: { dry_run: true }, never: { dry_run: false }, weight: 0.3 },
  "/api/internal/trades/analytics/backfill": { start: { dry_run: true, limit: 1 }, never: { dry_run: false }, weight: 0.5 },
  "/api/internal/trades/outcomes/backfill": { start: { dry_run: true, limit: 1 }, never: { dry_run: false }, weight: 0.5 },
  "/api/alerts/dispatch": { start: { dry_run: true }, never: { dry_run: false } },
  "/api/alerts/refresh": { start: {}, weight: 0.1 },
  "/api/alerts/silences": { start: { kind: "dvol_extreme", reason: "fuzz", until: new Date(Date.now() + 60_000).toISOString() } },
};

/** A small generator of known quality (mulberry32): the same seed draws the same requests. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)], chance: (p) => next() < p };
}

export function operations(document) {
  const resolved = (schema) => (schema?.$ref ? resolved(document.components.schemas[schema.$ref.split("/").pop()]) : (schema ?? {}));
  return Object.entries(document.paths).flatMap(([path, item]) =>
    ["get", "post", "put", "delete"]
      .filter((method) => item[method] && !path.endsWith("/events"))
      .map((method) => {
        const body = resolved(item[method].requestBody?.content?.["application/json"]?.schema);
        const parameters = [...(item.parameters ?? []), ...(item[method].parameters ?? [])].filter((p) => p.in !== "header");
        return { method: method.toUpperCase(), path, parameters, fields: Object.keys(body.properties ?? {}), ...(ACTIONS[path] ?? {}) };
      }),
  );
}

function hostileText(draw) {
  return draw.pick(draw.pick([DATES, INSTANTS, NUMBERS, TEXTS]));
}

/** Of a query or path: escaped, now and then escaped wrongly. */
const hostile = (draw) => (draw.chance(0.12) ? draw.pick(RAW_ESCAPES) : encodeURIComponent(hostileText(draw)));

function url(draw, operation, wrong) {
  let path = operation.path;
  const query = [];
  for (const { name, in: place, required } of operation.parameters) {
    const bad = wrong.has(name);
    const right = encodeURIComponent(draw.pick(RIGHT[name] ?? [""]));
    if (place === "path") path = path.replace(`{${name}}`, bad ? hostile(draw) || "x" : right || "x");
    else if (bad) query.push(`${name}=${hostile(draw)}`);
    else if (RIGHT[name] && (required || draw.chance(0.5))) query.push(`${name}=${right}`);
  }
  if (wrong.has("?twice") && operation.parameters.length) {
    const { name } = draw.pick(operation.parameters);
    query.push(`${name}=${draw.pick(RIGHT[name] ?? ["1"])}`, `${name}=${hostile(draw)}`);
  }
  if (wrong.has("?unknown")) query.push(`${encodeURIComponent(draw.pick(["x", "dry_run", "Date", "date[]", "limit ", "__proto__", "a.b"]))}=1`);
  return query.length ? `${path}?${query.join("&")}` : path;
}

function body(draw, operation, wrong) {
  if (operation.method !== "POST") return undefined;
  if (wrong.has("!body")) return draw.pick(BODIES);
  const members = new Map(Object.entries(operation.start ?? {}).map(([name, value]) => [name, JSON.stringify(value)]));
  for (const name of operation.fields) if (wrong.has(name) && !operation.keep?.includes(name)) members.set(name, draw.pick(JSON_VALUES));
  // a kept field says what little is done; beside something else that is wrong it may be wrong too, but not left out
  for (const name of operation.keep ?? []) if (wrong.has(name)) members.set(name, draw.pick(JSON_VALUES.filter((v) => v !== "null")));
  for (const [name, value] of Object.entries(operation.never ?? {})) if (members.get(name) === JSON.stringify(value)) members.set(name, "\"x\"");
  if (wrong.has("!unknown")) members.set(draw.pick(["x", "dryRun", "__proto__", "@type", "class", "\u0000"]), draw.pick(JSON_VALUES));
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

/** One request of `operations`: {method, path, route, body, type}. */
export function request(draw, operations) {
  let operation;
  do operation = draw.pick(operations);
  while (!draw.chance(operation.weight ?? 1));
  const kinds = [...operation.parameters.map((p) => p.name), ...operation.fields, "?twice", "?unknown"];
  if (operation.method === "POST") kinds.push("!body", "!unknown");
  const wrong = new Set(Array.from({ length: 1 + draw.below(3) }, () => draw.pick(kinds)));
  const type = draw.chance(0.03) ? draw.pick(["text/plain", "application/xml", "application/json; charset=utf-16", "application/json;;", "*/*", ""]) : "application/json";
  return { method: operation.method, route: operation.path, path: url(draw, operation, wrong), body: body(draw, operation, wrong), type };
}
