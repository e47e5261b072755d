import { EVERY, useApi } from "../../api/query";
import { Dispatches } from "../../api/schema/alerts";
import { DASH, time } from "../../format";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";

/** What was sent to Slack, by whom, and Slack's own words where it failed. */
export function History() {
  const dispatches = useApi("/api/alerts/dispatches?limit=50", Dispatches, EVERY.live);
  return (
    <Panel
      title="Dispatch history"
      query={dispatches}
      span={7}
      height={110}
      about="The delivery ledger: a message is written before it is sent."
      quality={(d) => (d.items.length ? { state: "ok" } : { state: "missing", reason: "nothing has been dispatched yet" })}
    >
      {(d) => (
        <Table
          label="dispatches"
          rows={d.items}
          rowKey={(of) => of.id}
          columns={[
            { head: "When", cell: (of) => time(of.created_at) },
            { head: "By", cell: (of) => of.requested_by ?? DASH },
            { head: "State", cell: (of) => <State value={of.status} /> },
            { head: "Note", set: "wrap", cell: (of) => of.note ?? DASH },
            { head: "Slack's words", set: "wrap", cell: (of) => of.error ?? DASH },
          ]}
        />
      )}
    </Panel>
  );
}
