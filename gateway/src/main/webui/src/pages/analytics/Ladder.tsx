import type { Level, Levels } from "../../api/schema/market";
import { percent, signed, time, usd, words } from "../../format";
import { Age } from "../../ui/Age";
import { State } from "../../ui/State";

/** Levels by strike from the top, with spot in its place among them. */
export function Ladder(props: { levels: Levels }) {
  const l = props.levels;
  const largest = Math.max(1, ...l.levels.map((x) => Math.abs(x.gex)));
  const sorted = [...l.levels].sort((a, b) => b.strike - a.strike);
  const below = l.spot === null ? -1 : sorted.findIndex((x) => x.strike < (l.spot as number));
  const split = below < 0 ? sorted.length : below;
  return (
    <>
      <p>
        <State value={l.freshness} /> {words(l.source)}, <Age at={l.as_of} />
        {l.levels.length > 0 && ` · daily σ ${l.daily_sigma === null ? words(l.daily_sigma_reason) : `${percent(l.daily_sigma, 1)} of ${time(l.daily_sigma_as_of)}`}`}
      </p>
      <div className="scroll" tabIndex={0} role="group" aria-label="levels by strike">
        <table>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" className="n">
                Strike
              </th>
              <th scope="col" className="n">
                GEX per 1 %
              </th>
              <th scope="col" className="n">
                Distance
              </th>
              <th scope="col" className="n">
                Daily σ
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, split).map((x) => (
              <Row key={x.strike} level={x} largest={largest} />
            ))}
            {l.spot !== null && (
              <tr className="spot-row">
                <td>spot</td>
                <td className="n">{usd(l.spot)}</td>
                <td colSpan={3} />
              </tr>
            )}
            {sorted.slice(split).map((x) => (
              <Row key={x.strike} level={x} largest={largest} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row(props: { level: Level; largest: number }) {
  const { level: x, largest } = props;
  return (
    <tr>
      <td>{words(x.kind)}</td>
      <td className="n">{usd(x.strike)}</td>
      <td className={x.gex < 0 ? "n level short" : "n level"} style={{ "--part": `${(100 * Math.abs(x.gex)) / largest}%` } as React.CSSProperties}>
        {usd(x.gex)}
      </td>
      <td className="n">{signed(x.distance_pct, 1)} %</td>
      <td className="n">{x.distance_daily_sigma === null ? words(x.reason) : signed(x.distance_daily_sigma, 1)}</td>
    </tr>
  );
}
