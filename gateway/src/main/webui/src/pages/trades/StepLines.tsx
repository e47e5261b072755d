import type { Summary } from "../../api/schema/trades";
import { count, words } from "../../format";

/** Each step of a post-sync run, and what went wrong. */
export function StepLines(props: { summary: Summary }) {
  return (
    <details>
      <summary>
        {words(props.summary.status)}, {count(props.summary.rows_processed)} rows
      </summary>
      {props.summary.steps.map((step) => (
        <div key={step.name}>
          {words(step.name)}: {words(step.status)}, {count(step.rows_processed)} rows
        </div>
      ))}
      {props.summary.errors.map((error) => (
        <div key={error.step + error.reason} className="tone-bad">
          {words(error.step)}: {error.reason}
        </div>
      ))}
    </details>
  );
}
