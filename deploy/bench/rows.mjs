// Executions of the benchmark's own making, by number: as Alpha serves them and as COPY takes them.
const START = Date.parse("2025-01-01T00:00:00Z");

export function execution(i, changed) {
  const version = changed && i % 100 === 0 ? 2 : 1;
  const quantity = (i % 500) + 1;
  const cents = ((i * 37) % 9000) + 100 + version;
  return {
    trade_id: `B${String(i).padStart(7, "0")}`,
    version,
    portfolio: i % 2 ? "IMST" : "ICOI",
    status: "filled",
    recon_status: "matched",
    symbol: i % 2 ? "MSTR  270115C00300000" : "COIN  270115P00250000",
    underlying: i % 2 ? "MSTR" : "COIN",
    side: "sell_to_open",
    quantity: String(quantity),
    price: (cents / 100).toFixed(2),
    multiplier: 100,
    fees: "1.30",
    currency: "USD",
    executed_at: new Date(START + i * 20_000).toISOString(),
    updated_at: new Date(START + i * 20_000 + 60_000).toISOString(),
    settle_date: null,
    broker: "BRKA",
    strategy: "synthetic_covered_call",
    order_id: `O${i}`,
    notes: null,
  };
}

/** The same row in the order of the columns of trade_sync.execution, tab-separated. */
export function copyLine(i) {
  const e = execution(i, false);
  const premium = (BigInt(Math.round(Number(e.price) * 100)) * BigInt(e.quantity)).toString();
  const strike = e.underlying === "MSTR" ? "300.000" : "250.000";
  return [
    ...["alpha_sync", e.trade_id, e.version, e.portfolio, e.status, e.recon_status, e.symbol, e.underlying, "2027-01-15", e.symbol[12], strike],
    ...[e.side, e.quantity, e.price, e.multiplier, e.fees, premium, e.executed_at, e.updated_at, "\\N", JSON.stringify(e), i + 1, 1],
    // root_kind, currency, source_premium_usd, retired_at
    ...["plain", "USD", "\\N", "\\N"],
  ].join("\t");
}
