import type { Trade } from "../../api/schema/trades";
import { contract, count, day, number, time, words } from "../../format";
import type { GridColumn } from "../../ui/DataGrid";
import { Num } from "../../ui/Num";
import { State } from "../../ui/State";
import { Why } from "../../ui/Tip";

/** A trade's own figure: of the trade's last change, and with its origin. */
const money = (label: string, number_: string, of: (t: Trade) => number | null, text: (value: number) => string) =>
  function Cell(t: Trade) {
    return <Num label={`${label} of ${t.source_trade_id}`} text={text} figure={{ value: of(t), state: of(t) === null ? "missing" : "ok", reason: "not told by Alpha" }} lineage={{ number: number_ }} />;
  };

export const COLUMNS: GridColumn<Trade>[] = [
  { key: "symbol", head: "Contract", kind: "text", width: 166, pinned: true, cell: Contract },
  { key: "source_trade_id", head: "Id", kind: "text", width: 136, pinned: true, cell: (t) => <span className="id">{t.source_trade_id}</span> },
  { key: "executed_at", head: "Executed, UTC", kind: "time", width: 124, cell: (t) => time(t.executed_at).replace(" UTC", "") },
  { key: "portfolio", head: "Portfolio", kind: "text", width: 66, facet: true },
  { key: "side", head: "Side", kind: "text", width: 92, facet: true, text: words, cell: (t) => words(t.side) },
  { key: "quantity", head: "Quantity", kind: "number", width: 66, cell: (t) => count(t.quantity) },
  { key: "price", head: "Price/share", kind: "number", width: 82, cell: money("price per share", "trade_price", (t) => t.price, (v) => number(v)) },
  { key: "currency", head: "Currency", kind: "text", width: 72, hidden: true },
  { key: "multiplier", head: "Multiplier", kind: "number", width: 76, hidden: true, cell: (t) => count(t.multiplier) },
  { key: "premium_usd", head: "Premium, USD", kind: "number", width: 108, cell: Premium },
  { key: "fees_usd", head: "Fees, USD", kind: "number", width: 74, cell: (t) => <Num label={`fees of ${t.source_trade_id}`} text={(v) => number(v)} figure={{ value: t.fees_usd, state: t.fees_usd === null ? "missing" : "ok", reason: "not told by Alpha" }} /> },
  { key: "status", head: "Status", kind: "text", width: 60, facet: true, text: words, cell: (t) => words(t.status) },
  { key: "recon_status", head: "Recon", kind: "text", width: 92, facet: true, text: words, cell: (t) => <State value={t.recon_status} /> },
  { key: "underlying", head: "Underlying", kind: "text", width: 80, facet: true, hidden: true },
  { key: "identity", head: "Identity", kind: "text", width: 110, facet: true, hidden: true, text: words, cell: (t) => <State value={t.identity} /> },
];

function Contract(t: Trade) {
  return (
    <>
      <Why text={t.symbol} label={`${contract(t.symbol)}, ${t.symbol}`}>
        {contract(t.symbol)}
      </Why>{" "}
      {t.identity !== "exact_listed" && <State value={t.identity} />}
      {t.retired_at && (
        <span className="state" data-why={`retired on ${day(t.retired_at)}`}>
          retired
        </span>
      )}
    </>
  );
}

const premium = money("premium", "premium_usd", (t) => t.premium_usd, (v) => number(v));

function Premium(t: Trade) {
  return (
    <>
      {t.premium_disagrees && <Why text={`Alpha's own is used; quantity × price × multiplier comes to ${number(t.computed_premium_usd)} USD`}>≠</Why>} {premium(t)}
    </>
  );
}
