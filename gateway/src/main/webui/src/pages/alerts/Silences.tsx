import { useState } from "react";
import { EVERY, useAction, useApi, useSession } from "../../api/query";
import { Silence, Signals, Silences as List } from "../../api/schema/alerts";
import { useNow } from "../../clock";
import { time, words } from "../../format";
import { CURRENCIES } from "../../shell/search";
import { Notice } from "../../ui/Notice";
import { Panel } from "../../ui/Panel";
import { Table } from "../../ui/Table";
import { SIGNALS } from "./SignalInbox";

const HOURS = [1, 4, 24, 72] as const;
const CHANGED = ["/api/alerts/silences"];

/** Kinds of signals that are kept from Slack for a time, each with its author and reason. */
export function Silences() {
  const silences = useApi("/api/alerts/silences", List, EVERY.live);
  return (
    <Panel title="Silences" query={silences} span={5} height={110} about="A silenced signal still stands; only Slack does not hear of it.">
      {(s) => (
        <>
          {s.items.length === 0 && <p>None is in force.</p>}
          {s.items.length > 0 && (
            <Table
              label="silences"
              rows={s.items}
              rowKey={(of) => of.id}
              columns={[
                { head: "Kind", cell: (of) => words(of.kind) },
                { head: "Of", cell: (of) => of.currency ?? "all" },
                { head: "Until", cell: (of) => time(of.until) },
                { head: "Why", set: "wrap", cell: (of) => `${of.reason ?? ""} (${of.author ?? "unknown"})` },
                { head: "End it", cell: (of) => <Lift id={of.id} /> },
              ]}
            />
          )}
          <NewSilence />
        </>
      )}
    </Panel>
  );
}

function Lift(props: { id: number }) {
  const session = useSession();
  const lift = useAction(`/api/alerts/silences/${props.id}`, Silence, CHANGED, "DELETE");
  if (!session.data?.signed_in) return <small>sign in</small>;
  return (
    <>
      <button type="button" disabled={lift.isPending} onClick={() => lift.mutate()}>
        Lift
      </button>
      {lift.isError && <small role="alert">{lift.error.message}</small>}
    </>
  );
}

function NewSilence() {
  const session = useSession();
  const now = useNow();
  const signals = useApi(SIGNALS, Signals, EVERY.live);
  const make = useAction<typeof Silence, object>("/api/alerts/silences", Silence, CHANGED);
  const [kind, setKind] = useState("");
  const [currency, setCurrency] = useState("");
  const [hours, setHours] = useState<number>(4);
  const [reason, setReason] = useState("");
  if (!session.data?.signed_in) return <small>Sign in to silence a kind.</small>;
  const kinds = [...new Set(signals.data?.items.map((of) => of.kind))];
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    make.mutate({ kind, currency: currency || null, until: new Date(now + hours * 3_600_000).toISOString(), reason });
  };
  return (
    <form className="row tight" onSubmit={send} aria-label="new silence">
      <select required aria-label="kind" value={kind} onChange={(e) => setKind(e.target.value)}>
        <option value="">kind</option>
        {kinds.map((of) => (
          <option key={of} value={of}>
            {words(of)}
          </option>
        ))}
      </select>
      <select aria-label="of currency" value={currency} onChange={(e) => setCurrency(e.target.value)}>
        <option value="">all</option>
        {CURRENCIES.map((of) => (
          <option key={of}>{of}</option>
        ))}
      </select>
      <select aria-label="for how long" value={hours} onChange={(e) => setHours(Number(e.target.value))}>
        {HOURS.map((of) => (
          <option key={of} value={of}>
            {of} h
          </option>
        ))}
      </select>
      <input required aria-label="reason" placeholder="reason" maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />
      <button disabled={make.isPending}>Silence</button>
      {make.isError && <Notice tone="bad">{make.error.message}</Notice>}
    </form>
  );
}
