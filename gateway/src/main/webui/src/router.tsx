import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from "@tanstack/react-router";
import { date, oneOf, shared, word } from "./shell/search";
import { PageBroken, Shell } from "./shell/Shell";
import { Notice } from "./ui/Notice";

const root = createRootRoute({
  validateSearch: shared,
  component: Shell,
  errorComponent: ({ error, reset }) => <PageBroken error={error} again={reset} />,
  notFoundComponent: () => (
    <div className="bar">
      <Notice>There is no such page.</Notice>
    </div>
  ),
});

/** The parameters of the trades page: its filters and its order. */
const trades = (search: Record<string, unknown>) => ({
  q: word(search.q),
  portfolio: word(search.portfolio),
  underlying: word(search.underlying),
  recon_status: word(search.recon_status),
  sort: word(search.sort),
});
export type TradesSearch = ReturnType<typeof trades>;

const performance = (search: Record<string, unknown>) => ({
  portfolio: word(search.portfolio),
  by: oneOf(search.by, ["portfolio", "underlying", "month", "side"]),
  authority: oneOf(search.authority, ["direct", "all"]),
});
export type PerformanceSearch = ReturnType<typeof performance>;

const range = (search: Record<string, unknown>) => ({ from: date(search.from), to: date(search.to) });
export type RangeSearch = ReturnType<typeof range>;

const probability = (search: Record<string, unknown>) => ({ dte: oneOf(search.dte, ["7", "14", "30", "60", "90"]) });
export type ProbabilitySearch = ReturnType<typeof probability>;

const none = () => ({});
const page = <P extends string>(path: P, validateSearch: (search: Record<string, unknown>) => object, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => root, path, validateSearch, component: lazyRouteComponent(load as never, name as never) });

const tree = root.addChildren([
  page("/", none, () => import("./pages/overview/Overview"), "Overview"),
  page("/trades", trades, () => import("./pages/trades/Trades"), "Trades"),
  page("/performance", performance, () => import("./pages/performance/Performance"), "Performance"),
  page("/data", range, () => import("./pages/data/Data"), "Data"),
  page("/analytics", none, () => import("./pages/analytics/Analytics"), "Analytics"),
  page("/probability", probability, () => import("./pages/probability/Probability"), "Probability"),
  page("/flow", range, () => import("./pages/flow/Flow"), "Flow"),
  page("/alerts", none, () => import("./pages/alerts/Alerts"), "Alerts"),
  page("/reference", none, () => import("./pages/reference/Reference"), "Reference"),
]);

/** Values of an address are plain words, as links made by hand have them. */
const parse = (text: string) => Object.fromEntries(new URLSearchParams(text));
const write = (search: object) => {
  const query = new URLSearchParams(Object.entries(search).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, String(value)]])));
  return query.size ? `?${query}` : "";
};

/** @param history of the browser unless given */
export const makeRouter = (history?: RouterHistory) => createRouter({ routeTree: tree, history, parseSearch: parse, stringifySearch: write, defaultPreload: "intent", scrollRestoration: true });
