import { Check, Circle, CircleDot, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export interface Step {
  name: string;
  state: "done" | "now" | "ahead" | "trouble";
  note?: ReactNode;
}

const ICON = { done: Check, now: CircleDot, ahead: Circle, trouble: TriangleAlert };
const SAID = { done: "done", now: "at this step", ahead: "not yet", trouble: "needs attention" };

/** The steps of a run in their order, and where it stands. */
export function RunStepper(props: { label: string; steps: Step[] }) {
  return (
    <ol className="stepper" aria-label={props.label}>
      {props.steps.map((step, i) => {
        const Icon = ICON[step.state];
        return (
          <li key={step.name} data-state={step.state} aria-current={step.state === "now" ? "step" : undefined}>
            <Icon size={14} aria-label={SAID[step.state]} role="img" />
            <b>
              {i + 1} {step.name}
            </b>
            {step.note && <small>{step.note}</small>}
          </li>
        );
      })}
    </ol>
  );
}
