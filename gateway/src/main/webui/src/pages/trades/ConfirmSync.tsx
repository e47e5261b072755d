import type { Card, Report } from "../../api/schema/trades";
import { count, DASH, number, time } from "../../format";
import { Confirm } from "../../ui/Confirm";

/** What a real sync is about to do, in the figures of the preview it stands on. */
export function ConfirmSync(props: { open: boolean; close: () => void; go: () => void; card: Card; preview: Report; accepted: string[] }) {
  const { preview: p } = props;
  return (
    <Confirm title="Write these executions into the cache?" open={props.open} close={props.close} yes="Yes, sync" go={props.go}>
      <dl>
        <dt>Scope</dt>
        <dd>
          <code>{p.scope_key}</code>
        </dd>
        <dt>Stands on</dt>
        <dd>
          preview {p.run_id} of {time(p.finished_at)}
        </dd>
        <dt>New</dt>
        <dd>{count(p.inserted)}</dd>
        <dt>Changed</dt>
        <dd>{count(p.updated)}</dd>
        <dt>Quantity delta, contracts</dt>
        <dd>{number(p.quantity_delta, 1)}</dd>
        <dt>Premium delta, USD</dt>
        <dd>{number(p.premium_delta_usd)}</dd>
        <dt>Gross premium delta, USD</dt>
        <dd>{p.gross_premium_delta_usd == null ? `${DASH} told by an incremental preview only` : number(p.gross_premium_delta_usd)}</dd>
        <dt>Accepted by name</dt>
        <dd>{props.accepted.join(", ") || "none"}</dd>
      </dl>
    </Confirm>
  );
}
