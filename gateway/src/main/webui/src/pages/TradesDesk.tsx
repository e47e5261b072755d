import { useState } from "react";
import { useAction, useApi, useSession } from "../api";
import { DASH, time, words } from "../format";
import { Panel, Rows, State } from "../parts";

interface Rejected {
  id: number;
  source_trade_id: string | null;
  field: string;
  reason: string;
  raw: string;
  page: number | null;
  position: number | null;
  first_seen_at: string;
}

interface Break {
  id: number;
  kind: string;
  trade_id: string;
  portfolio: string | null;
  field: string | null;
  source_value: string | null;
  local_value: string | null;
  state: string;
  age_days: number;
  owner: string | null;
  reason_code: string | null;
}

interface Desk {
  latest: { taken_at: string; clean: boolean; fields: { field: string; compared: number; rate: number | null }[] } | null;
  items: Break[];
  next_cursor: string | null;
}

const REASONS = ["timing", "source_correction", "source_removed", "manual_booking", "custodian", "expected", "data_error", "other"];

/** A reason has to be written before a row can be closed. */
function Dismiss(props: { row: Rejected }) {
  const session = useSession();
  const dismiss = useAction<{ reason: string }, Rejected>(`/api/internal/trades/sync/rejected/${props.row.id}/dismiss`);
  const [reason, setReason] = useState("");
  if (!session.data?.signed_in) return <small>sign in to dismiss</small>;
  return (
    <span className="row">
      <input aria-label={`reason for row ${props.row.id}`} placeholder="reason" value={reason} onChange={(e) => setReason(e.target.value)} />
      <button disabled={!reason.trim() || dismiss.isPending} onClick={() => dismiss.mutate({ reason })}>
        Dismiss
      </button>
      {dismiss.isError && <small role="alert">{dismiss.error.message}</small>}
    </span>
  );
}

/** Bad rows, as they came. */
export function Quarantine() {
  const rows = useApi<{ items: Rejected[]; next_cursor: string | null }>("/api/internal/trades/sync/rejected?state=open&limit=100");
  return (
    <Panel title="Quarantine" query={rows} wide>
      {(r) =>
        r.items.length === 0 ? (
          <p>No bad row is open.</p>
        ) : (
          <>
            <Rows
              rows={r.items}
              rowKey={(row) => row.id}
              columns={[
                { head: "Since", cell: (row) => time(row.first_seen_at) },
                { head: "Id", cell: (row) => row.source_trade_id ?? DASH },
                { head: "Field", cell: (row) => row.field },
                { head: "Reason", cell: (row) => words(row.reason) },
                { head: "Page, row", cell: (row) => (row.page === null ? DASH : `${row.page}, ${row.position}`) },
                {
                  head: "Row",
                  set: "wrap",
                  cell: (row) => (
                    <details>
                      <summary>raw</summary>
                      <code>{row.raw}</code>
                    </details>
                  ),
                },
                { head: "", cell: (row) => <Dismiss row={row} /> },
              ]}
            />
            {r.next_cursor && <p>The first {r.items.length} of more.</p>}
          </>
        )
      }
    </Panel>
  );
}

function Acknowledge(props: { item: Break }) {
  const session = useSession();
  const acknowledge = useAction<{ reason_code: string; action: string }, Break>(`/api/internal/trades/diagnostics/${props.item.id}/acknowledge`);
  const [reason, setReason] = useState("timing");
  if (!session.data?.signed_in) return <small>sign in to acknowledge</small>;
  return (
    <span className="row">
      <select aria-label={`reason code for ${props.item.trade_id}`} value={reason} onChange={(e) => setReason(e.target.value)}>
        {REASONS.map((r) => (
          <option key={r} value={r}>
            {words(r)}
          </option>
        ))}
      </select>
      <button disabled={acknowledge.isPending} onClick={() => acknowledge.mutate({ reason_code: reason, action: "accept" })}>
        Accept
      </button>
      {props.item.kind === "unmatched_local" && (
        <button disabled={acknowledge.isPending} onClick={() => acknowledge.mutate({ reason_code: reason, action: "retire" })}>
          Retire
        </button>
      )}
      {acknowledge.isError && <small role="alert">{acknowledge.error.message}</small>}
    </span>
  );
}

/** What the full-scope runs found that nobody has answered for. */
export function Differences() {
  const desk = useApi<Desk>("/api/internal/trades/diagnostics?limit=100");
  return (
    <Panel title="Differences" query={desk} wide>
      {(d) => (
        <>
          <p>
            {d.latest ? (
              <>
                Latest full-scope run {time(d.latest.taken_at)}: <State value={d.latest.clean ? "ok" : "suspicious"} />{" "}
                {d.latest.fields
                  .filter((f) => f.rate !== null && f.rate < 1)
                  .map((f) => `${words(f.field)} matches in ${((f.rate ?? 0) * 100).toFixed(2)} % of ${f.compared}`)
                  .join(", ") || "every field matches in what is on both sides"}
              </>
            ) : (
              "No full-scope run yet."
            )}
          </p>
          {d.items.length > 0 && (
            <Rows
              rows={d.items}
              rowKey={(item) => item.id}
              columns={[
                { head: "Kind", cell: (item) => words(item.kind) },
                { head: "Id", cell: (item) => item.trade_id },
                { head: "Portfolio", cell: (item) => item.portfolio ?? DASH },
                { head: "Field", cell: (item) => item.field ?? DASH },
                { head: "Source", set: "wrap", cell: (item) => item.source_value ?? DASH },
                { head: "Cached", set: "wrap", cell: (item) => item.local_value ?? DASH },
                { head: "Age, days", set: "n", cell: (item) => item.age_days },
                { head: "", cell: (item) => <Acknowledge item={item} /> },
              ]}
            />
          )}
          {d.next_cursor && <p>The newest {d.items.length} of more.</p>}
        </>
      )}
    </Panel>
  );
}
