import { useId } from "react";
import { CURRENCIES, type Currency, useAddress } from "../../shell/search";
import { MarketRow } from "./MarketRow";

const HEADS = ["Price", "Δ24 h", "24 h volume", "IV 7 d", "IV 30 d", "RV 30 d", "VRP, pts", "VRP rank", "IV² − RV²", "DVOL", "25Δ RR", "Net GEX", "To flip"];

/** One row per currency; each figure fails, waits and ages by itself. */
export function Market() {
  const heading = useId();
  const { set } = useAddress();
  return (
    <section className="panel" style={{ "--span": 12, "--height": "116px" } as React.CSSProperties} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>Market</h2>
        <small>vols are annual; GEX in USD per 1 % of spot; VRP is IV − RV of 30 days</small>
      </header>
      <div className="scroll market" tabIndex={0} role="group" aria-label="market">
        <table>
          <thead>
            <tr>
              <th scope="col">Currency</th>
              {HEADS.map((head) => (
                <th key={head} scope="col" className="n">
                  {head}
                </th>
              ))}
              <th scope="col">Spot, 30 d</th>
            </tr>
          </thead>
          <tbody>
            {CURRENCIES.map((currency: Currency) => (
              <MarketRow key={currency} currency={currency} choose={() => set({ currency })} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
