import type { Card } from "../../api/schema/trades";
import { count, DASH, time, words } from "../../format";
import { Age } from "../../ui/Age";
import { Notice } from "../../ui/Notice";
import { StepLines } from "./StepLines";

/** What the card says of the scope: configuration, alarms, watermark, quarantine, contracts. */
export function SyncFacts(props: { card: Card }) {
  const c = props.card;
  const odd = Object.entries(c.contract_identities);
  return (
    <>
      {c.configuration.state !== "ok" && (
        <Notice tone="bad">
          <b>Configuration error:</b> {c.configuration.errors.join("; ")}
        </Notice>
      )}
      {c.last_error && (
        <Notice tone="bad">
          <b>Last run failed:</b> {c.last_error}
        </Notice>
      )}
      {c.alarms.map((a) => (
        <Notice tone="warn" key={a.kind}>
          <b>{words(a.kind)}:</b> {a.text} {a.since && `(since ${time(a.since)})`} {a.trade_ids.slice(0, 20).join(", ")}
        </Notice>
      ))}
      <div className="columns">
        <dl>
          <dt>Portfolios</dt>
          <dd>{[...c.portfolio_names].reverse().join(", ")}</dd>
          <dt>Include pending</dt>
          <dd>{c.include_pending ? "yes" : "no"}</dd>
          <dt>Feed profile</dt>
          <dd>{c.configuration.profile ?? DASH}</dd>
        </dl>
        <dl>
          <dt>Last successful sync</dt>
          <dd>
            {time(c.last_successful_sync_at)} <Age at={c.last_successful_sync_at} />
          </dd>
          <dt>Watermark</dt>
          <dd>{c.watermark ? `${time(c.watermark.updated_at)} · ${c.watermark.trade_id}` : DASH}</dd>
          <dt>Rejected rows open</dt>
          <dd>{count(c.open_rejected)}</dd>
        </dl>
        <dl>
          <dt>Contracts that are no standard listing</dt>
          <dd>{odd.map(([status, n]) => `${words(status)} ${n}`).join(", ") || "none"}</dd>
          <dt>Last enrichment</dt>
          <dd>{c.last_analytics_summary ? <StepLines summary={c.last_analytics_summary} /> : "no post-sync run yet"}</dd>
        </dl>
      </div>
    </>
  );
}
