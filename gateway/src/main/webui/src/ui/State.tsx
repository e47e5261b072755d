import { words } from "../format";

type Tone = "good" | "warn" | "bad" | "quiet";

const TONES: Record<Exclude<Tone, "quiet">, string[]> = {
  good: ["ok", "delivered", "aligned", "clean", "done", "matched", "exact_listed"],
  warn: ["suspicious", "stale", "degraded", "partial", "partial_error", "warning", "would_send", "duplicate", "silenced", "differs", "pending", "queued", "running", "not_run", "cancelled"],
  bad: ["missing", "failed", "error", "critical", "unavailable", "unknown", "no_payload", "against", "vanished", "break", "unreachable"],
};

const toneOf = (state: string | null | undefined): Tone =>
  (Object.keys(TONES) as (keyof typeof TONES)[]).find((tone) => TONES[tone].includes(state ?? "missing")) ?? "quiet";

/** A state in its word; the colour only repeats it. */
export function State(props: { value: string | null | undefined }) {
  return <span className={`state tone-${toneOf(props.value)}`}>{words(props.value)}</span>;
}
