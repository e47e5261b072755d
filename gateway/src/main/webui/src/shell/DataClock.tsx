import { EVERY, useApi } from "../api/query";
import { Status } from "../api/schema/snapshots";
import { Deep } from "../api/schema/system";
import { useAsOf, useNow } from "../clock";
import { day } from "../format";

/** What the figures on screen rest on: the snapshots' date, the services, and the time in UTC. */
export function DataClock() {
  const now = useNow();
  const asOf = useAsOf();
  const status = useApi("/api/snapshots/status", Status, EVERY.hourly);
  const deep = useApi("/api/health/deep", Deep, EVERY.health);
  const ok = status.data?.items.filter((item) => item.status === "ok").length;
  const up = deep.data?.services.filter((service) => service.status === "ok").length;
  return (
    <span className="data-clock" role="group" aria-label="data clock">
      {asOf && <b className="asof">as of {day(asOf)}</b>}
      <span>{status.data ? `snapshots ${day(status.data.latest_complete_date)}: ${ok}/${status.data.items.length} ok` : "snapshots: not known"}</span>
      <span>{deep.data ? `services ${up}/${deep.data.services.length}` : "services: not known"}</span>
      <time dateTime={new Date(now).toISOString()}>{new Date(now).toISOString().slice(11, 16)} UTC</time>
    </span>
  );
}
