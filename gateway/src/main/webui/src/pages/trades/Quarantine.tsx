import { useState } from "react";
import { EVERY, useAction, useApi, useSession } from "../../api/query";
import { Rejected, RejectedRows } from "../../api/schema/trades";
import { count, DASH, time, words } from "../../format";
import { Panel } from "../../ui/Panel";
import { Table } from "../../ui/Table";

/** Bad rows, as they came. */
export function Quarantine() {
  const rows = useApi("/api/internal/trades/sync/rejected?state=open&limit=100", RejectedRows, EVERY.hourly);
  return (
    <Panel title="Quarantine" query={rows} height={60} about="Rows whose latest version at Alpha is bad: they are not in the cache.">
      {(r) =>
        r.items.length === 0 ? (
          <p>No bad row is open.</p>
        ) : (
          <>
            <Table
              label="rejected rows"
              rows={r.items}
              rowKey={(row) => row.id}
              columns={[
                { head: "Since", cell: (row) => time(row.first_seen_at) },
                { head: "Id", cell: (row) => row.source_trade_id ?? DASH },
                { head: "Field", cell: (row) => row.field },
                { head: "Reason", set: "wrap", cell: (row) => words(row.reason) },
                { head: "Page, row", cell: (row) => (row.page === null ? DASH : `${row.page}, ${row.position}`) },
                { head: "Row", set: "wrap", cell: (row) => <RawRow raw={row.raw} /> },
                { head: "Close it", cell: (row) => <Dismiss row={row} /> },
              ]}
            />
            {r.next_cursor && <p>The first {count(r.items.length)} of more.</p>}
          </>
        )
      }
    </Panel>
  );
}

function RawRow(props: { raw: string }) {
  return (
    <details>
      <summary>raw</summary>
      <code>{props.raw}</code>
    </details>
  );
}

/** A reason has to be written before a row can be closed. */
function Dismiss(props: { row: Rejected }) {
  const session = useSession();
  const dismiss = useAction<typeof Rejected, { reason: string }>(`/api/internal/trades/sync/rejected/${props.row.id}/dismiss`, Rejected, ["/api/internal/trades/sync"]);
  const [reason, setReason] = useState("");
  if (!session.data?.signed_in) return <small>sign in to dismiss</small>;
  return (
    <span className="row tight">
      <input aria-label={`reason for row ${props.row.id}`} placeholder="reason" value={reason} onChange={(e) => setReason(e.target.value)} />
      <button type="button" disabled={!reason.trim() || dismiss.isPending} onClick={() => dismiss.mutate({ reason })}>
        Dismiss
      </button>
      {dismiss.isError && <small role="alert">{dismiss.error.message}</small>}
    </span>
  );
}
