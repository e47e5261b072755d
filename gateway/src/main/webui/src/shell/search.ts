import { useNavigate, useSearch } from "@tanstack/react-router";

export const CURRENCIES = ["BTC", "ETH", "SOL"] as const;
export type Currency = (typeof CURRENCIES)[number];

/** What every page's address may hold: one currency and one as-of date for all of them, and which drawer is open. */
export interface Shared {
  currency?: Currency;
  /** Of UTC; as-of mode. */
  date?: string;
  lineage?: string;
  trade?: string;
}

export const date = (value: unknown): string | undefined => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);
export const word = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined);
export const oneOf = <T extends string>(value: unknown, options: readonly T[]): T | undefined => options.find((option) => option === String(value));

export const shared = (search: Record<string, unknown>): Shared => ({
  currency: oneOf(search.currency, CURRENCIES),
  date: date(search.date),
  lineage: word(search.lineage),
  trade: word(search.trade),
});

const NAMES = ["currency", "date"] as const;

/** What stays when the page changes. */
export const kept = (search: Shared): Shared => Object.fromEntries(NAMES.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));

/** The address's parameters, and the way to set some of them: a discrete choice is a step that Back takes back. */
export function useAddress<T extends object = Shared>() {
  const search = useSearch({ strict: false }) as Shared & T;
  const navigate = useNavigate();
  const set = (change: Partial<Shared & T>, options: { replace?: boolean } = {}) =>
    void navigate({ to: ".", search: (old: Record<string, unknown>) => stripped({ ...old, ...change }), replace: options.replace, resetScroll: false } as never);
  return { search, set };
}

const stripped = (search: Record<string, unknown>) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ""));

export const useCurrency = (): Currency => useAddress().search.currency ?? "BTC";
