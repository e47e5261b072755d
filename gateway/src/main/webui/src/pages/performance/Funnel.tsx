import type { EnrichmentStatus } from "../../api/schema/performance";
import { count, percent, words } from "../../format";

const STAGES = [
  { name: "With market context", key: "ok_context", rest: ["missing_context", "stale_context", "unmapped_context"] },
  { name: "With an execution benchmark", key: "available_benchmark", rest: ["model_benchmark", "implausible_benchmark", "pending_benchmark", "missing_benchmark", "unavailable_benchmark"] },
  { name: "With a 7 d mark", key: "available_outcomes", rest: ["pending_outcomes", "unavailable_outcomes"] },
];

/** How many executions reach each stage; those that do not are counted by their state, never taken for zero. */
export function Funnel(props: { status: EnrichmentStatus }) {
  const { quality } = props.status;
  const all = quality.total_trades ?? 0;
  return (
    <table aria-label="coverage">
      <tbody>
        <tr>
          <th scope="row">Executions</th>
          <td className="n">{count(all)}</td>
          <td />
        </tr>
        {STAGES.map((stage) => {
          const reached = quality[stage.key] ?? 0;
          return (
            <tr key={stage.key}>
              <th scope="row">{stage.name}</th>
              <td className="n level" style={{ "--part": `${all ? (100 * reached) / all : 0}%` } as React.CSSProperties}>
                {count(reached)} ({percent(all ? reached / all : null, 0)})
              </td>
              <td className="wrap">
                <small>
                  {stage.rest
                    .filter((key) => (quality[key] ?? 0) > 0)
                    .map((key) => `${count(quality[key])} ${words(key.replace(/_(context|benchmark|outcomes)$/, ""))}`)
                    .join(", ") || "all of them"}
                </small>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
