import { useEffect, useState } from "react";
import { EVERY, useApi } from "../../api/query";
import { Trades as TradeList } from "../../api/schema/trades";
import { count, usd } from "../../format";
import type { TradesSearch } from "../../router";
import { useAddress } from "../../shell/search";
import { CsvButton } from "../../ui/CsvButton";
import { DataGrid } from "../../ui/DataGrid";
import { Panel } from "../../ui/Panel";
import { COLUMNS } from "./columns";
import { readSort, writeSort } from "./sort";
import { totals } from "./totals";

const PAUSE_MS = 300;

/** Every execution of the cache; the filter is the server's, so that it searches all of them. */
export function Executions() {
  const { search, set } = useAddress<TradesSearch>();
  const [typed, setTyped] = useState(search.q ?? "");
  useEffect(() => {
    if (typed === (search.q ?? "")) return;
    const later = setTimeout(() => set({ q: typed || undefined }, { replace: true }), PAUSE_MS);
    return () => clearTimeout(later);
  }, [typed, search.q, set]);
  const filter = search.q ? `&q=${encodeURIComponent(search.q)}` : "";
  const trades = useApi(`/api/internal/trades?limit=10000${filter}`, TradeList, EVERY.hourly, { keepPrevious: true });
  return (
    <Panel
      title="Executions"
      query={trades}
      height={616}
      about="The cache of Alpha's executions; price is per share, as Alpha has it."
      quality={(t) => (t.items.length ? { state: "ok" } : { state: "missing", reason: search.q ? "no execution matches the filter" : "no execution is cached yet: run a sync" })}
      actions={
        <>
          <input type="search" placeholder="Filter by id or contract" aria-label="filter" value={typed} onChange={(e) => setTyped(e.target.value)} />
          <CsvButton path={`/api/internal/trades?${filter.slice(1)}`} name="trades.csv" />
        </>
      }
    >
      {(t) => {
        const sum = totals(t.items);
        return (
          <>
            <p className={trades.isPlaceholderData ? "dim" : undefined}>
              {count(t.items.length)} executions{t.next_cursor ? " (the first of more)" : ""} · received {usd(sum.received)} · paid {usd(sum.paid)} · net {usd(sum.received - sum.paid)} · fees {usd(sum.fees)} ·{" "}
              {count(sum.contracts)} contracts
              {sum.withoutPremium > 0 && ` · ${count(sum.withoutPremium)} without a premium left out`}
              {sum.retired > 0 && ` · ${count(sum.retired)} retired left out`}
            </p>
            <DataGrid
              label="trades"
              columns={COLUMNS}
              rows={t.items}
              rowKey={(row) => row.source_trade_id}
              sort={readSort(search.sort)}
              onSort={(sort) => set({ sort: writeSort(sort) })}
              open={(row) => set({ trade: row.source_trade_id })}
            />
          </>
        );
      }}
    </Panel>
  );
}
