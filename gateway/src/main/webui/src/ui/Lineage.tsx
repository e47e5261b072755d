import { EVERY, useApi } from "../api/query";
import { Lineage as LineageSchema, RawPayload } from "../api/schema/system";
import { time } from "../format";
import type { LineageRef } from "./origin";
import { Notice } from "./Notice";

/** Where a number comes from: page, field, formula, rows, raw payload. */
export function Lineage(props: { of: LineageRef }) {
  const { number, currency, rawId } = props.of;
  const entry = useApi(`/api/lineage?number=${encodeURIComponent(number)}${currency ? `&currency=${currency}` : ""}`, LineageSchema, EVERY.hourly);
  const raw = useApi(rawId ? `/api/snapshots/raw/${rawId}` : null, RawPayload, EVERY.hourly);
  if (entry.isPending) return <div className="skeleton" role="status" aria-label="loading the lineage" />;
  if (entry.isError) return <Notice tone="bad">{entry.error.message}</Notice>;
  const { data } = entry;
  return (
    <dl>
      <dt>Figure</dt>
      <dd>{data.label}</dd>
      <dt>Endpoint and field</dt>
      <dd>
        <code>{data.endpoint}</code> · <code>{data.field}</code>
      </dd>
      <dt>Formula</dt>
      <dd>{data.formula}</dd>
      <dt>Rows</dt>
      <dd>
        <code>{data.table}</code>
        {data.rows?.map((r) => (
          <div key={r.table} data-testid="lineage-rows">
            {r.rows} of <code>{r.table}</code> at {time(r.source_timestamp)}
            {r.suspicious > 0 && `, ${r.suspicious} suspicious left out`}
            {r.raw.map((p) => (
              <RawLine key={p.id} id={p.id} sha256={p.sha256} receivedAt={p.received_at} />
            ))}
          </div>
        ))}
      </dd>
      <dt>Raw payload</dt>
      <dd>
        {data.source}
        {raw.data && rawId && <RawLine id={rawId} sha256={raw.data.sha256} receivedAt={raw.data.received_at} />}
      </dd>
    </dl>
  );
}

function RawLine(props: { id: number; sha256: string; receivedAt: string }) {
  return (
    <div>
      <a href={`/api/snapshots/raw/${props.id}`}>raw {props.id}</a> <code>{props.sha256.slice(0, 16)}…</code> received {time(props.receivedAt)}{" "}
      <button type="button" onClick={() => void navigator.clipboard.writeText(props.sha256)}>
        Copy hash
      </button>
    </div>
  );
}
