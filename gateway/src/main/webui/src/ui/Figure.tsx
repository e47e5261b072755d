import { useMoment } from "../clock";
import { age } from "../format";
import { Num, type NumProps, reading } from "./Num";

/** A figure under its name, and its age or reason below it. */
export function Figure(props: NumProps & { note?: string }) {
  const moment = useMoment();
  const read = reading(props, moment);
  return (
    <div className="figure">
      <span className="label">{props.label}</span>
      <Num {...props} />
      <small>
        {props.note}
        {read.face === "stale" && `stale, ${age(read.asOf, moment)}`}
        {read.face === "ok" && read.asOf && age(read.asOf, moment)}
        {(read.face === "missing" || read.face === "failed") && read.why}
      </small>
    </div>
  );
}
