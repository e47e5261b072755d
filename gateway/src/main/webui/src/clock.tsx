import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** The page's one clock: everything that shows an age is drawn anew at each of its ticks. */
const TICK_MS = 15_000;

const watchers = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = Date.now();
  for (const tell of watchers) tell();
}

function subscribe(tell: () => void) {
  watchers.add(tell);
  if (!ticking) {
    ticking = setInterval(tick, TICK_MS);
    addEventListener("visibilitychange", tick);
    addEventListener("focus", tick);
  }
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0 || !ticking) return;
    clearInterval(ticking);
    ticking = undefined;
    removeEventListener("visibilitychange", tick);
    removeEventListener("focus", tick);
  };
}

const reading = () => {
  if (!ticking) now = Date.now();
  return now;
};

/** Milliseconds of now, drawn anew with each tick. */
export const useNow = () => useSyncExternalStore(subscribe, reading);

const AsOf = createContext<string | null>(null);

/** In as-of mode everything is judged against the end of that UTC date, and not against now. */
export function AsOfProvider(props: { date: string | null; children: ReactNode }) {
  return <AsOf value={props.date}>{props.children}</AsOf>;
}

export const useAsOf = () => useContext(AsOf);

/** The moment that ages count from: now, or the end of the as-of date where that lies behind. */
export function useMoment(): number {
  const live = useNow();
  const date = useAsOf();
  return date ? Math.min(live, Date.parse(`${date}T23:59:59Z`)) : live;
}
