/** How figures are written. A value that is missing is an em dash, never 0. */
export const DASH = "—";

const plain = (digits: number) =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

export function number(value: number | null | undefined, digits = 2): string {
  return known(value) ? plain(digits).format(value) : DASH;
}

/** USD; large ones in thousands or millions. */
export function usd(value: number | null | undefined): string {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  if (size >= 1e9) return `$${plain(2).format(value / 1e9)}B`.replace("$-", "-$");
  if (size >= 1e6) return `$${plain(2).format(value / 1e6)}M`.replace("$-", "-$");
  return `$${plain(size >= 1000 ? 0 : 2).format(value)}`.replace("$-", "-$");
}

/** A fraction as percent: 0.839 is 83.9 %. */
export function percent(value: number | null | undefined, digits = 1): string {
  return known(value) ? `${plain(digits).format(100 * value)} %` : DASH;
}

export function signed(value: number | null | undefined, digits = 2): string {
  return known(value) ? (value > 0 ? "+" : "") + plain(digits).format(value) : DASH;
}

/** 2026-11-23 23:00 UTC; seconds only where they say something. */
export function time(value: string | null | undefined): string {
  if (!value) return DASH;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return DASH;
  const text = at.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

export function age(value: string | null | undefined, now = Date.now()): string {
  if (!value) return DASH;
  const minutes = Math.round((now - new Date(value).getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}

/** machine_words as a person reads them. */
export function words(value: string | null | undefined): string {
  return value ? value.replaceAll("_", " ") : DASH;
}
