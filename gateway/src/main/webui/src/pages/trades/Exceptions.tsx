import type { Report } from "../../api/schema/trades";
import { words } from "../../format";

/** What a sync does not mend: each has to be accepted by its name. */
export function Exceptions(props: { exceptions: Report["exceptions"]; accepted: string[]; set: (names: string[]) => void }) {
  if (props.exceptions.length === 0) return null;
  const toggle = (name: string, on: boolean) => props.set(on ? [...props.accepted, name] : props.accepted.filter((n) => n !== name));
  return (
    <fieldset>
      <legend>Exceptions of this preview: a real sync needs each of them accepted</legend>
      {props.exceptions.map((e) => (
        <label key={e.name + e.kind}>
          <input type="checkbox" checked={props.accepted.includes(e.name)} onChange={(change) => toggle(e.name, change.target.checked)} /> <b>{e.name}</b> {words(e.kind)}: {words(e.reason)}
        </label>
      ))}
    </fieldset>
  );
}
