import type { Average } from "../../api/schema/performance";
import { count, words } from "../../format";

/** How many executions an average does not speak of, and why. */
export function LeftOut(props: { of: Pick<Average, "left_out" | "left_out_by"> }) {
  const { of } = props;
  if (of.left_out === 0) return <small>none left out</small>;
  return (
    <details>
      <summary>
        <small>{count(of.left_out)} left out</small>
      </summary>
      {of.left_out_by.map((l) => (
        <div key={l.state + l.reason}>
          <small>
            {count(l.executions)} {words(l.state)}
            {l.reason && `: ${words(l.reason)}`}
          </small>
        </div>
      ))}
    </details>
  );
}
