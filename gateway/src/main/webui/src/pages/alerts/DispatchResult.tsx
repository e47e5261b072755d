import type { Dispatched } from "../../api/schema/alerts";
import { words } from "../../format";
import { State } from "../../ui/State";
import { slackText } from "./slackText";

/** What a dry run shows, or what became of a dispatch, signal by signal, with the words of the message. */
export function DispatchResult(props: { answer: Dispatched }) {
  const { answer } = props;
  return (
    <div data-testid="dispatch-result">
      <p>
        <b>{answer.dry_run ? "Dry run" : "Dispatch"}:</b> <State value={answer.status} /> {answer.error ?? ""}
      </p>
      {answer.results.map((r) => (
        <div key={r.signal_id}>
          <State value={r.status} /> {words(r.fingerprint.replaceAll("|", " · "))} <small>{r.reason ?? ""}</small>
        </div>
      ))}
      {answer.message && (
        <details open={answer.dry_run}>
          <summary>Message as Slack shows it</summary>
          <pre>{slackText(answer.message)}</pre>
        </details>
      )}
    </div>
  );
}
