import { useMoment } from "../clock";
import { age, time } from "../format";

/** How old something is, and it goes on counting. */
export function Age(props: { at: string | null | undefined }) {
  const moment = useMoment();
  return props.at ? (
    <time dateTime={props.at} data-why={time(props.at)}>
      {age(props.at, moment)}
    </time>
  ) : null;
}
