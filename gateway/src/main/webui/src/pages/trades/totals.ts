import type { Trade } from "../../api/schema/trades";

/** Premium received for sold contracts and paid for bought ones, USD, of rows that have it; retired rows count in none. */
export interface Totals {
  received: number;
  paid: number;
  fees: number;
  contracts: number;
  withoutPremium: number;
  retired: number;
}

export function totals(trades: readonly Trade[]): Totals {
  const sum: Totals = { received: 0, paid: 0, fees: 0, contracts: 0, withoutPremium: 0, retired: 0 };
  for (const trade of trades) {
    if (trade.retired_at) {
      sum.retired += 1;
      continue;
    }
    sum.contracts += trade.quantity;
    sum.fees += trade.fees_usd ?? 0;
    if (trade.premium_usd === null) sum.withoutPremium += 1;
    else if (trade.side.startsWith("sell")) sum.received += trade.premium_usd;
    else sum.paid += trade.premium_usd;
  }
  return sum;
}
