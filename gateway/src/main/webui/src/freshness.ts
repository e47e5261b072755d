/** How old a figure may be before the page itself calls it stale, by its source. Milliseconds. */
const HOUR = 3_600_000;
export const TOLERANCE = {
  /** Hourly at the vendor and asked live; the services allow 75 minutes. */
  live: 75 * 60_000,
  /** Captured once a day, for the date before: two days and the time a capture takes. */
  daily: 50 * HOUR,
} as const;

export type Source = keyof typeof TOLERANCE;

/** Whether a figure has passed its tolerance since it was asked for. */
export function outlived(asOf: string | null | undefined, source: Source | undefined, moment: number): boolean {
  if (!asOf || !source) return false;
  const at = Date.parse(asOf);
  return Number.isFinite(at) && moment - at > TOLERANCE[source];
}
