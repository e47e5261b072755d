import { useState } from "react";
import { EVERY, useAction, useApi, useSession } from "../../api/query";
import { Break, Desk } from "../../api/schema/trades";
import { count, DASH, percent, time, words } from "../../format";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";

const REASONS = ["timing", "source_correction", "source_removed", "manual_booking", "custodian", "expected", "data_error", "other"];

/** What the full-scope runs found that nobody has answered for. */
export function Differences() {
  const desk = useApi("/api/internal/trades/diagnostics?limit=100", Desk, EVERY.hourly);
  return (
    <Panel title="Differences" query={desk} height={100} about="Kept by the full-scope diagnostics: each ages until it is gone, accepted or retired.">
      {(d) => (
        <>
          <p>
            {d.latest ? (
              <>
                Latest full-scope run {time(d.latest.taken_at)}: <State value={d.latest.clean ? "clean" : "suspicious"} />{" "}
                {d.latest.fields
                  .filter((f) => f.rate !== null && f.rate < 1)
                  .map((f) => `${words(f.field)} matches in ${percent(f.rate, 2)} of ${count(f.compared)}`)
                  .join(", ") || "every field matches in what is on both sides"}
              </>
            ) : (
              "No full-scope run yet."
            )}
          </p>
          {d.items.length > 0 && (
            <Table
              label="open differences"
              rows={d.items}
              rowKey={(item) => item.id}
              columns={[
                { head: "Kind", cell: (item) => words(item.kind) },
                { head: "Id", cell: (item) => item.trade_id },
                { head: "Portfolio", cell: (item) => item.portfolio ?? DASH },
                { head: "Field", cell: (item) => item.field ?? DASH },
                { head: "Source", set: "wrap", cell: (item) => item.source_value ?? DASH },
                { head: "Cached", set: "wrap", cell: (item) => item.local_value ?? DASH },
                { head: "Age, days", set: "n", cell: (item) => count(item.age_days) },
                { head: "Answer", cell: (item) => <Acknowledge item={item} /> },
              ]}
            />
          )}
          {d.next_cursor && <p>The newest {count(d.items.length)} of more.</p>}
        </>
      )}
    </Panel>
  );
}

function Acknowledge(props: { item: Break }) {
  const session = useSession();
  const acknowledge = useAction<typeof Break, { reason_code: string; action: string }>(`/api/internal/trades/diagnostics/${props.item.id}/acknowledge`, Break, ["/api/internal/trades"]);
  const [reason, setReason] = useState("timing");
  if (!session.data?.signed_in) return <small>sign in to acknowledge</small>;
  return (
    <span className="row tight">
      <select aria-label={`reason code for ${props.item.trade_id}`} value={reason} onChange={(e) => setReason(e.target.value)}>
        {REASONS.map((r) => (
          <option key={r} value={r}>
            {words(r)}
          </option>
        ))}
      </select>
      <button type="button" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate({ reason_code: reason, action: "accept" })}>
        Accept
      </button>
      {props.item.kind === "unmatched_local" && (
        <button type="button" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate({ reason_code: reason, action: "retire" })}>
          Retire
        </button>
      )}
      {acknowledge.isError && <small role="alert">{acknowledge.error.message}</small>}
    </span>
  );
}
