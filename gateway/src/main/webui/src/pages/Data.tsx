import { useState } from "react";
import { useApi, useJob, useSession } from "../api";
import { age, DASH, number, time, words } from "../format";
import { JobProgress, Panel, State, useParam } from "../parts";

interface Latest {
  type: string;
  currency: string;
  status: string;
  reason: string | null;
  snapshot_date: string | null;
  age_seconds: number | null;
  warnings: string | null;
  record_count: number | null;
  suspicious_count: number | null;
  source_to: string | null;
  source_timestamps: number | null;
  created_at: string | null;
  last_attempt: string | null;
}

interface Cell {
  date: string;
  type: string;
  currency: string;
  status: string;
  record_count: number | null;
  suspicious_count: number | null;
}

interface Quality {
  state: string;
  area: number | null;
  min_density: number | null;
  mean_over_forward: number | null;
  input_points: number;
  fit_rmse_vol_points: number | null;
  surface_timestamp: string | null;
  spot_source: string | null;
  reasons: string[];
}

interface Event {
  id: number;
  at: string;
  who: string;
  kind: string;
  snapshot_type: string;
  currency: string;
  snapshot_date: string;
  rows_before: number | null;
  rows_after: number | null;
  status: string;
  reason: string | null;
  detail: string | null;
}

function hours(seconds: number | null) {
  return seconds === null ? DASH : `${number(seconds / 3600, 0)} h`;
}

function Backfill() {
  const session = useSession();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [types, setTypes] = useState(["iv_surface"]);
  const [currencies, setCurrencies] = useState(["BTC"]);
  const [dryRun, setDryRun] = useState(true);
  const [reason, setReason] = useState("");
  const backfill = useJob<object, { dry_run: boolean; tasks: number; already_stored: number | null; by_status: Record<string, number>; failures: string[] }>("/api/admin/snapshot/backfill");
  const toggle = (list: string[], item: string) => (list.includes(item) ? list.filter((i) => i !== item) : [...list, item]);
  return (
    <section className="panel wide" aria-label="Backfill">
      <header>
        <h2>Backfill</h2>
      </header>
      <div className="row">
        <label>
          From <input type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          To <input type="date" value={to} onChange={(e) => setTo(e.target.value)} />
        </label>
        {["iv_surface", "vol_metrics", "spot", "gex"].map((t) => (
          <label key={t}>
            <input type="checkbox" checked={types.includes(t)} onChange={() => setTypes(toggle(types, t))} /> {t}
          </label>
        ))}
        {["BTC", "ETH", "SOL"].map((c) => (
          <label key={c}>
            <input type="checkbox" checked={currencies.includes(c)} onChange={() => setCurrencies(toggle(currencies, c))} /> {c}
          </label>
        ))}
        <label>
          Reason <input type="text" value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
        </label>
        <label>
          <input type="checkbox" checked={dryRun} onChange={(e) => setDryRun(e.target.checked)} /> Dry run
        </label>
        <button className="main" disabled={!session.data?.signed_in || backfill.isPending || !from || !to} onClick={() => backfill.mutate({ from, to, types, currencies, dry_run: dryRun, reason: reason || null })}>
          {dryRun ? "Plan" : "Backfill"}
        </button>
        {!session.data?.signed_in && <small>Sign in to backfill. Open interest cannot be rebuilt for a past date and is not offered.</small>}
      </div>
      {backfill.isPending && <JobProgress label="backfill is running" job={backfill.job} cancel={backfill.cancel} />}
      {backfill.isError && <div className="notice bad">{backfill.error.message}</div>}
      {backfill.data && (
        <p>
          {backfill.data.tasks} snapshots{backfill.data.dry_run ? " would be captured" : ""}, {number(backfill.data.already_stored, 0)} stood before ·{" "}
          {Object.entries(backfill.data.by_status)
            .map(([s, n]) => `${n} ${words(s)}`)
            .join(", ")}
          {backfill.data.failures.map((f) => (
            <span key={f} className="notice bad">
              {f}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

export function Data() {
  const [from, setFrom] = useParam("from", "");
  const status = useApi<{ latest_complete_date: string; items: Latest[] }>("/api/snapshots/status");
  const coverage = useApi<{ latest_complete_date: string; cells: Cell[] }>(`/api/snapshots/coverage${from ? `?from=${from}&to=${new Date(Date.parse(from) + 13 * 86_400_000).toISOString().slice(0, 10)}` : ""}`);
  const readiness = useApi<{ items: { currency: string; dte: number; state: string; reason: string | null; age_seconds: number | null; density_quality: Quality }[] }>("/api/snapshots/readiness");
  const remediation = useApi<{ items: Event[] }>("/api/snapshots/remediation");
  return (
    <>
      <div className="bar">
        <h1>Data</h1>
        <label>
          Coverage from <input type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
      </div>
      <Panel title="Latest status" query={status} wide>
        {(s) => (
          <>
            <p>
              Judged against the latest complete UTC date, <b>{s.latest_complete_date}</b>.
            </p>
            <div className="scroll" tabIndex={0}>
              <table>
                <thead>
                  <tr>
                    <th>Type</th>
                    <th>Currency</th>
                    <th>Status</th>
                    <th>Date</th>
                    <th className="n">Age</th>
                    <th className="n">Records</th>
                    <th className="n">Suspicious</th>
                    <th>Source time</th>
                    <th className="n">Source times</th>
                    <th>Created</th>
                    <th>Last attempt</th>
                  </tr>
                </thead>
                <tbody>
                  {s.items.map((i) => (
                    <tr key={i.type + i.currency}>
                      <td>{i.type}</td>
                      <td>{i.currency}</td>
                      <td>
                        <State value={i.status} /> <small>{[i.reason, i.warnings === i.reason ? null : i.warnings].filter((t) => t !== null).map(words).join("; ")}</small>
                      </td>
                      <td>{i.snapshot_date ?? DASH}</td>
                      <td className="n">{hours(i.age_seconds)}</td>
                      <td className="n">{number(i.record_count, 0)}</td>
                      <td className="n">{number(i.suspicious_count, 0)}</td>
                      <td>{time(i.source_to)}</td>
                      <td className="n">{number(i.source_timestamps, 0)}</td>
                      <td>{i.created_at ? age(i.created_at) : DASH}</td>
                      <td>{i.last_attempt ?? "none"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Panel>
      <Panel title="Coverage by UTC date" query={coverage} wide>
        {(c) => {
          const dates = [...new Set(c.cells.map((x) => x.date))];
          const rows = [...new Set(c.cells.map((x) => `${x.type} ${x.currency}`))];
          const cell = new Map(c.cells.map((x) => [`${x.type} ${x.currency} ${x.date}`, x]));
          return (
            <div className="scroll" tabIndex={0}>
              <table>
                <thead>
                  <tr>
                    <th>Snapshot</th>
                    {dates.map((d) => (
                      <th key={d}>{d.slice(5)}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((r) => (
                    <tr key={r}>
                      <td>{r}</td>
                      {dates.map((d) => {
                        const x = cell.get(`${r} ${d}`);
                        return (
                          <td key={d} title={x?.record_count === null ? words(x.status) : `${x?.record_count} records, ${x?.suspicious_count} suspicious`}>
                            {x?.status === "missing" ? <span aria-label="missing">{DASH}</span> : <State value={x?.status} />}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Panel>
      <Panel title="Probability readiness" query={readiness} wide>
        {(r) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Currency</th>
                  <th>Maturity</th>
                  <th>State</th>
                  <th className="n">Area</th>
                  <th className="n">Mean/F</th>
                  <th className="n">Points</th>
                  <th className="n">Fit RMSE, vol points</th>
                  <th>Surface</th>
                  <th>Spot from</th>
                  <th>Reasons</th>
                </tr>
              </thead>
              <tbody>
                {r.items.map((i) => (
                  <tr key={i.currency + i.dte}>
                    <td>{i.currency}</td>
                    <td>{i.dte} d</td>
                    <td>
                      <State value={i.state} /> <small>{hours(i.age_seconds)}</small>
                    </td>
                    <td className="n">{number(i.density_quality.area, 4)}</td>
                    <td className="n">{number(i.density_quality.mean_over_forward, 4)}</td>
                    <td className="n">{i.density_quality.input_points || DASH}</td>
                    <td className="n">{number(i.density_quality.fit_rmse_vol_points)}</td>
                    <td>{time(i.density_quality.surface_timestamp)}</td>
                    <td>{words(i.density_quality.spot_source)}</td>
                    <td className="wrap">{[...new Set([i.reason, ...i.density_quality.reasons])].filter((t) => t !== null).map(words).join("; ") || "none"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Backfill />
      <Panel title="Remediation history" query={remediation} wide quality={(r) => (r.items.length ? { state: "ok" } : { state: "missing", reason: "no manual capture, re-run or backfill yet" })}>
        {(r) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>When</th>
                  <th>Who</th>
                  <th>What</th>
                  <th>Snapshot</th>
                  <th className="n">Before</th>
                  <th className="n">After</th>
                  <th>Status</th>
                  <th>Reason</th>
                </tr>
              </thead>
              <tbody>
                {r.items.map((e) => (
                  <tr key={e.id}>
                    <td>{time(e.at)}</td>
                    <td>{e.who}</td>
                    <td>{words(e.kind)}</td>
                    <td>
                      {e.snapshot_type} {e.currency} {e.snapshot_date}
                    </td>
                    <td className="n">{number(e.rows_before, 0)}</td>
                    <td className="n">{number(e.rows_after, 0)}</td>
                    <td>
                      <State value={e.status} /> <small>{e.detail ?? ""}</small>
                    </td>
                    <td className="wrap">{e.reason ?? DASH}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  );
}
