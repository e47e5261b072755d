/** How figures are written. A value that is missing is an em dash, never 0; a minus is the sign U+2212. */
export const DASH = "—";

/** What rounds to zero has no sign. */
const plain = (digits: number, signDisplay: "negative" | "exceptZero" = "negative") =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay });

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** With the sign that is as wide as a digit. */
const write = (format: Intl.NumberFormat, value: number) => format.format(value).replace("-", "\u2212");

export function number(value: number | null | undefined, digits = 2): string {
  return known(value) ? write(plain(digits), value) : DASH;
}

/** Below a unit the next smaller one is written with so many decimals. */
const UNITS = [
  { size: 1e12, suffix: "T", digits: 2 },
  { size: 1e9, suffix: "B", digits: 2 },
  { size: 1e6, suffix: "M", digits: 2 },
  { size: 1e3, suffix: "", digits: 0 },
];

/** USD; large ones in millions, billions or trillions. What rounds up to a unit is written in it. */
export function usd(value: number | null | undefined): string {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  const at = UNITS.findIndex((unit, i) => size >= unit.size - halfStep(UNITS[i + 1]));
  const unit = UNITS[at];
  const scale = unit?.suffix ? unit.size : 1;
  return `$${write(plain(unit?.digits ?? 2), value / scale)}${unit?.suffix ?? ""}`.replace("$\u2212", "\u2212$");
}

/** Half of the last decimal that amounts just below a unit are written with. */
function halfStep(smaller: (typeof UNITS)[number] | undefined): number {
  if (!smaller) return 0.005;
  return (0.5 * (smaller.suffix ? smaller.size : 1)) / 10 ** smaller.digits;
}

/** A fraction as percent: 0.839 is 83.9 %. */
export function percent(value: number | null | undefined, digits = 1): string {
  return known(value) ? `${write(plain(digits), 100 * value)} %` : DASH;
}

export function signed(value: number | null | undefined, digits = 2): string {
  return known(value) ? write(plain(digits, "exceptZero"), value) : DASH;
}

/** 2026-11-23 23:00 UTC; seconds only where they say something. */
export function time(value: string | null | undefined): string {
  if (!value) return DASH;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return DASH;
  const text = at.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

/** How long ago, or how far ahead: a clock that is ahead, or a wrong date, is to be seen. */
export function age(value: string | null | undefined, now = Date.now()): string {
  const at = value ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(at)) return DASH;
  const span = duration(Math.abs(now - at));
  if (!span) return "just now";
  return at > now ? `in ${span}` : `${span} ago`;
}

function duration(ms: number): string | null {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return null;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(minutes / 1440)} days`;
}

/** machine_words as a person reads them. */
export function words(value: string | null | undefined): string {
  return value ? value.replaceAll("_", " ") : DASH;
}

/** A difference of vols, a fraction, in vol points. */
export const points = (fraction: number | null | undefined): string => (known(fraction) ? `${signed(100 * fraction)} pts` : DASH);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 23 Nov 26, of a date or an instant, in UTC. */
export function day(value: string | null | undefined): string {
  const at = value ? new Date(value) : null;
  if (!at || Number.isNaN(at.getTime())) return DASH;
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCFullYear()).slice(2)}`;
}

const OCC = /^([A-Z0-9.]{1,6})\s*(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

/** An OCC symbol as a desk says it: `COIN  261120C00285000` is `COIN 20 Nov 26 285 C`. Another name stays as it is. */
export function contract(symbol: string): string {
  const found = OCC.exec(symbol);
  if (!found) return symbol;
  const [, root, year, month, date, right, strike] = found;
  return `${root} ${Number(date)} ${MONTHS[Number(month) - 1]} ${year} ${Number(strike) / 1000} ${right}`;
}

/** A whole number with separators; a missing one is a dash. */
export const count = (value: number | null | undefined): string => number(value, 0);
