import { useState } from "react";
import { EVERY, useAction, useApi, useSession } from "../../api/query";
import { Approved, type Contract, Contracts as ContractList } from "../../api/schema/trades";
import { count, words } from "../../format";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";

/** The contracts there are executions of; of a root that is no standard listing an operator says what it delivers. */
export function Contracts() {
  const contracts = useApi("/api/internal/contracts", ContractList, EVERY.hourly);
  return (
    <Panel title="Contracts" query={contracts} height={80} about="How surely it is known what each contract root delivers; marks of an unapproved one are estimates.">
      {(c) => (
        <Table
          label="contracts"
          rows={c.items}
          rowKey={(of) => `${of.root} ${of.multiplier}`}
          columns={[
            { head: "Root", cell: (of) => of.root },
            { head: "Underlying", cell: (of) => of.underlying },
            { head: "Multiplier", set: "n", cell: (of) => count(of.multiplier) },
            { head: "Kind", cell: (of) => words(of.flex_style ?? of.kind) },
            { head: "Identity", cell: (of) => <State value={of.identity.status} /> },
            { head: "Reason", set: "wrap", cell: (of) => (of.identity.reason ? words(of.identity.reason) : "none needed") },
            { head: "Executions", set: "n", cell: (of) => count(of.executions) },
            { head: "An operator's word", set: "wrap", cell: (of) => (of.kind === "plain" ? <small>a standard root needs none</small> : <Approve contract={of} />) },
          ]}
        />
      )}
    </Panel>
  );
}

interface Word {
  deliverable: string;
  multiplier: number;
  provider_root: string | null;
  reason: string;
}

function Approve(props: { contract: Contract }) {
  const { contract } = props;
  const session = useSession();
  const approve = useAction<typeof Approved, Word>(`/api/internal/contracts/${encodeURIComponent(contract.root)}`, Approved, ["/api/internal"]);
  const [deliverable, setDeliverable] = useState("");
  const [providerRoot, setProviderRoot] = useState("");
  const [reason, setReason] = useState("");
  if (!session.data?.signed_in) return <small>sign in to approve</small>;
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    approve.mutate({ deliverable, multiplier: contract.multiplier, provider_root: providerRoot || null, reason });
  };
  return (
    <form className="row tight" onSubmit={send} aria-label={`approve ${contract.root}`}>
      <input required maxLength={500} aria-label={`deliverable of ${contract.root}`} placeholder="delivers, e.g. 150 MSTR" value={deliverable} onChange={(e) => setDeliverable(e.target.value)} />
      <input maxLength={6} aria-label={`market data's root of ${contract.root}`} placeholder="root at the vendor" value={providerRoot} onChange={(e) => setProviderRoot(e.target.value)} />
      <input required maxLength={500} aria-label={`reason for ${contract.root}`} placeholder="reason, e.g. memo number" value={reason} onChange={(e) => setReason(e.target.value)} />
      <button disabled={approve.isPending}>Approve</button>
      {approve.isError && <small role="alert">{approve.error.message}</small>}
      {approve.isSuccess && <small role="status">approved, run {approve.data.run_id}</small>}
    </form>
  );
}
