import { createContext, useContext } from "react";

/** Which figure's origin is asked for. */
export interface LineageRef {
  number: string;
  currency?: string;
  rawId?: number | null;
}

export const LineageContext = createContext<(of: LineageRef) => void>(() => {});
export const useLineage = () => useContext(LineageContext);

/** As one word of an address. */
export const written = (of: LineageRef) => [of.number, of.currency ?? "", of.rawId ?? ""].join(".").replace(/\.+$/, "");

export function readRef(word: string): LineageRef {
  const [number, currency, raw] = word.split(".");
  return { number, currency: currency || undefined, rawId: raw ? Number(raw) : null };
}
