import { useState } from "react";
import { EVERY, useAction, useApi, useSession } from "../../api/query";
import { type Signal, Signals } from "../../api/schema/alerts";
import { Anything } from "../../api/schema/system";
import { count, words } from "../../format";
import { Age } from "../../ui/Age";
import { Confirm } from "../../ui/Confirm";
import { Notice } from "../../ui/Notice";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { DispatchResult } from "./DispatchResult";
import { changes, chosen } from "./selection";
import { slackText } from "./slackText";
import { useDispatch } from "./useDispatch";

export const SIGNALS = "/api/alerts/signals";

/** The signals that stand: tick, see the very words in a dry run, confirm, send. */
export function SignalInbox(props: { span?: 6 | 7 | 12 }) {
  const session = useSession();
  const signals = useApi(SIGNALS, Signals, EVERY.live);
  const refresh = useAction("/api/alerts/refresh", Anything, ["/api/alerts"]);
  const { dryRun, dispatch } = useDispatch();
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const [note, setNote] = useState("");
  const [asking, setAsking] = useState(false);
  const items = signals.data?.items ?? [];
  const now = chosen(items, turned);
  const shown = dryRun.data ?? null;
  const closed = changes(shown, items, now, note);
  const signedIn = session.data?.signed_in === true;
  const busy = refresh.isPending || dryRun.isPending || dispatch.isPending;
  const turn = (id: number) => setTurned(new Set(turned.has(id) ? [...turned].filter((of) => of !== id) : [...turned, id]));
  return (
    <Panel
      title="Alert Signals"
      query={signals}
      span={props.span}
      height={258}
      about="Rules held against the latest stored figures; a signal stands until its rule no longer holds."
      actions={
        <>
          <input type="text" aria-label="note" placeholder="note for Slack" maxLength={1000} value={note} onChange={(e) => setNote(e.target.value)} />
          <button type="button" disabled={!signedIn || busy} onClick={() => refresh.mutate()}>
            Refresh
          </button>
          <button type="button" disabled={!signedIn || busy || now.length === 0} onClick={() => (dispatch.reset(), dryRun.mutate({ signals: now, note }))}>
            Show what would be sent
          </button>
          <button type="button" className="main" disabled={!signedIn || busy || closed.length > 0} data-why={closed.join("; ")} onClick={() => setAsking(true)}>
            Dispatch to Slack
          </button>
        </>
      }
    >
      {(s) => (
        <>
          {session.data && !signedIn && <small>Sign in to refresh and dispatch.</small>}
          {busy && <progress aria-label="working" />}
          {[refresh, dryRun, dispatch].map((of, i) => of.isError && <Notice key={i} tone="bad">{of.error.message}</Notice>)}
          {s.items.length === 0 && <p>No signal stands.</p>}
          <ul className="plain held" tabIndex={0} aria-label="signals that stand">
            {s.items.map((of) => (
              <Line key={of.id} signal={of} ticked={now.some((own) => own.id === of.id)} turn={() => turn(of.id)} />
            ))}
          </ul>
          {shown && closed.length > 0 && !dispatch.data && (
            <Notice tone="warn">Not to be sent as it is: {closed.join("; ")}. Show again what would be sent.</Notice>
          )}
          {(dispatch.data ?? shown?.answer) && <DispatchResult answer={dispatch.data ?? (shown?.answer as NonNullable<typeof shown>["answer"])} />}
          {shown && (
            <Confirm title={`Send ${count(shown.signals.length)} signals to Slack?`} open={asking} close={() => setAsking(false)} yes="Yes, send" go={() => dispatch.mutate(shown)}>
              <pre>{slackText(shown.answer.message)}</pre>
            </Confirm>
          )}
        </>
      )}
    </Panel>
  );
}

function Line(props: { signal: Signal; ticked: boolean; turn: () => void }) {
  const { signal } = props;
  return (
    <li>
      <label>
        <input type="checkbox" checked={props.ticked} onChange={props.turn} /> <State value={signal.severity} /> <span>{signal.text}</span>
      </label>{" "}
      <small>
        {words(signal.kind)} · <Age at={signal.since} />
      </small>
    </li>
  );
}
