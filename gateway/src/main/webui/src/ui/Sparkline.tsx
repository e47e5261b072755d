const WIDTH = 90;
const HEIGHT = 20;
/** Above this many steps between neighbours the line is broken. */
const GAP = 1.5;

/** A small line of a series, broken where hours are missing. */
export function Sparkline(props: { label: string; points: readonly (readonly [number, number])[]; cadence?: number }) {
  const { points } = props;
  const step = props.cadence ?? 3_600_000;
  if (points.length < 2) return <small>—</small>;
  const times = points.map(([at]) => at);
  const values = points.map(([, value]) => value);
  const [from, to] = [times[0], times[times.length - 1]];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => (WIDTH * (at - from)) / (to - from || 1);
  const y = (value: number) => HEIGHT - 1 - ((HEIGHT - 2) * (value - low)) / (high - low || 1);
  const path = points.map(([at, value], i) => `${i === 0 || at - points[i - 1][0] > GAP * step ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return (
    <svg className="spark" width={WIDTH} height={HEIGHT} role="img" aria-label={props.label}>
      <path d={path} fill="none" stroke="var(--c1)" strokeWidth="1.2" />
    </svg>
  );
}
