import { useSession } from "../../api/query";

interface Props {
  dryRun: boolean;
  setDryRun: (on: boolean) => void;
  full: boolean;
  setFull: (on: boolean) => void;
  includePending: boolean;
  setPending: (on: boolean) => void;
  busy: boolean;
  /** Why a real sync is closed; none: it is open. */
  closed: string[];
  go: () => void;
}

/** What the next run is to be. A real one stands on an acceptable preview; where it cannot, the reasons stand beside the button. */
export function SyncControls(props: Props) {
  const session = useSession();
  const signedIn = session.data?.signed_in === true;
  return (
    <div className="row">
      <label>
        <input type="checkbox" checked={props.dryRun} onChange={(e) => props.setDryRun(e.target.checked)} /> Dry run
      </label>
      <label>
        <input type="checkbox" checked={props.full} onChange={(e) => props.setFull(e.target.checked)} /> Full-scope diagnostic
      </label>
      <label>
        <input type="checkbox" checked={props.includePending} onChange={(e) => props.setPending(e.target.checked)} /> Include pending
      </label>
      <button type="button" className="main" disabled={props.busy || !signedIn || props.closed.length > 0} onClick={props.go}>
        {props.dryRun ? "Preview" : "Sync for real"}
      </button>
      {!signedIn && <small>Sign in to run a preview or a sync.</small>}
      {props.closed.map((why) => (
        <small key={why} className="tone-warn">
          {why}
        </small>
      ))}
    </div>
  );
}
