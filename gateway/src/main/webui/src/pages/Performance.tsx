import { useApi } from "../api";
import { DASH, number, percent, time, usd, words } from "../format";
import { Panel, State, useParam } from "../parts";

interface Average {
  mean: number | null;
  total: number | null;
  n: number;
  left_out: number;
  left_out_by: Record<string, number>;
}

interface Slice {
  dimension: string;
  key: string;
  trades: number;
  execution_quality: { slippage_bps: Average; slippage_usd: Average; slippage_vol_points: Average; effective_spread: Average };
  outcomes: { horizon_days: number; pnl_usd: Average; hit_rate: number | null; pending: number; stale: number }[];
  alignment: { labels: Record<string, number>; score: Average };
}

interface Answer {
  as_of: string;
  portfolios: string[];
  overall: Slice;
  slices: Slice[];
  missing_inputs: { horizon_days: number; reason: string; trades: number }[];
}

interface Status {
  quality: Record<string, number>;
  freshness: { last_successful_sync_at: string | null; last_error: string | null };
}

function Left(props: { average: Average }) {
  const reasons = Object.entries(props.average.left_out_by);
  if (reasons.length === 0) return <small>none left out</small>;
  return (
    <details>
      <summary>
        <small>{props.average.left_out} left out</small>
      </summary>
      {reasons.map(([reason, count]) => (
        <div key={reason}>
          <small>
            {count} {words(reason)}
          </small>
        </div>
      ))}
    </details>
  );
}

function Row(props: { label: string; average: Average; text: (v: number | null) => string }) {
  return (
    <tr>
      <td>{props.label}</td>
      <td className="n" title={props.average.mean === null ? "no value to average" : undefined}>
        {props.text(props.average.mean)}
      </td>
      <td className="n">{props.average.n}</td>
      <td>
        <Left average={props.average} />
      </td>
    </tr>
  );
}

export function Performance() {
  const [portfolio, setPortfolio] = useParam("portfolio", "");
  const [dimension, setDimension] = useParam("by", "portfolio");
  const suffix = portfolio ? `&portfolio=${encodeURIComponent(portfolio)}` : "";
  const performance = useApi<Answer>(`/api/internal/trades/performance?source=alpha_sync${suffix}`);
  const status = useApi<Status>(`/api/internal/trades/analytics/status?source=alpha_sync${suffix}`);
  const quality = (a: Answer) => (a.overall.trades ? { state: "ok", asOf: a.as_of } : { state: "missing", reason: "no execution has been synced yet" });
  return (
    <>
      <div className="bar">
        <h1>Performance</h1>
        <select aria-label="portfolio" value={portfolio} onChange={(e) => setPortfolio(e.target.value)}>
          <option value="">all portfolios</option>
          {performance.data?.portfolios.map((p) => <option key={p}>{p}</option>)}
        </select>
      </div>
      <Panel title="Execution quality" query={performance} quality={quality} wide>
        {(a) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Mean per execution (a cost where positive)</th>
                  <th className="n">Mean</th>
                  <th className="n">n</th>
                  <th>Left out</th>
                </tr>
              </thead>
              <tbody>
                <Row label="Slippage, bps of mid" average={a.overall.execution_quality.slippage_bps} text={(v) => number(v, 1)} />
                <Row label="Slippage, USD" average={a.overall.execution_quality.slippage_usd} text={usd} />
                <Row label="Slippage, vol points" average={a.overall.execution_quality.slippage_vol_points} text={(v) => number(v)} />
                <Row label="Effective spread, USD/share" average={a.overall.execution_quality.effective_spread} text={(v) => number(v)} />
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Outcomes by horizon" query={performance} quality={quality} wide>
        {(a) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Horizon</th>
                  <th className="n">Mean P&amp;L</th>
                  <th className="n">Total P&amp;L</th>
                  <th className="n">Hit rate</th>
                  <th className="n">n</th>
                  <th className="n">Pending</th>
                  <th>Left out</th>
                </tr>
              </thead>
              <tbody>
                {a.overall.outcomes.map((o) => (
                  <tr key={o.horizon_days}>
                    <td>{o.horizon_days} d</td>
                    <td className="n">{usd(o.pnl_usd.mean)}</td>
                    <td className="n">{usd(o.pnl_usd.total)}</td>
                    <td className="n">{percent(o.hit_rate, 0)}</td>
                    <td className="n">{o.pnl_usd.n}</td>
                    <td className="n">{o.pending}</td>
                    <td>
                      <Left average={o.pnl_usd} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Opportunity alignment" query={performance} quality={quality}>
        {(a) => (
          <>
            {Object.entries(a.overall.alignment.labels).map(([label, count]) => (
              <p key={label}>
                <State value={label} /> {count} executions
              </p>
            ))}
            <p>
              Mean score {number(a.overall.alignment.score.mean)} over {a.overall.alignment.score.n}. <Left average={a.overall.alignment.score} />
            </p>
          </>
        )}
      </Panel>
      <Panel title="Enrichment states" query={status}>
        {(s) => (
          <>
            <dl>
              {Object.entries(s.quality).map(([name, count]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{words(name)}</dt>
                  <dd>{count}</dd>
                </div>
              ))}
              <dt>last enrichment</dt>
              <dd>{time(s.freshness.last_successful_sync_at)}</dd>
              <dt>last error</dt>
              <dd>{s.freshness.last_error ?? "none"}</dd>
            </dl>
            <small>Unavailable counts are quality states, not zero-valued results.</small>
          </>
        )}
      </Panel>
      <Panel title="Why P&L is blank" query={performance} quality={(a) => (a.missing_inputs.length ? { state: "ok" } : { state: "missing", reason: "no P&L is blank" })}>
        {(a) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Horizon</th>
                  <th>Missing input</th>
                  <th className="n">Executions</th>
                </tr>
              </thead>
              <tbody>
                {a.missing_inputs.map((m) => (
                  <tr key={m.horizon_days + m.reason}>
                    <td>{m.horizon_days} d</td>
                    <td>{words(m.reason)}</td>
                    <td className="n">{m.trades}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel
        title="Slices"
        query={performance}
        quality={quality}
        wide
        actions={
          <select aria-label="slice by" value={dimension} onChange={(e) => setDimension(e.target.value)}>
            {["portfolio", "underlying", "month", "side"].map((d) => (
              <option key={d}>{d}</option>
            ))}
          </select>
        }
      >
        {(a) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>{dimension}</th>
                  <th className="n">Executions</th>
                  <th className="n">Slippage bps</th>
                  <th className="n">n</th>
                  {a.overall.outcomes.map((o) => (
                    <th className="n" key={o.horizon_days}>
                      {o.horizon_days} d mean P&amp;L (n)
                    </th>
                  ))}
                  <th className="n">Alignment</th>
                </tr>
              </thead>
              <tbody>
                {a.slices
                  .filter((s) => s.dimension === dimension)
                  .map((s) => (
                    <tr key={s.key}>
                      <td>{s.key}</td>
                      <td className="n">{s.trades}</td>
                      <td className="n">{number(s.execution_quality.slippage_bps.mean, 1)}</td>
                      <td className="n">{s.execution_quality.slippage_bps.n}</td>
                      {s.outcomes.map((o) => (
                        <td className="n" key={o.horizon_days}>
                          {o.pnl_usd.mean === null ? DASH : usd(o.pnl_usd.mean)} ({o.pnl_usd.n})
                        </td>
                      ))}
                      <td className="n">{number(s.alignment.score.mean)}</td>
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
