// The performance page over many enriched executions, against what PostgreSQL takes to join the same tables and add up one column
// of each. The page's counts are checked; medians and the ratio are printed.
//   node deploy/bench/performance.mjs [executions = 1000000] [repetitions = 5]
// Needs psql, and the product built.
import { expect, median, peakMiB, psql, ratio, script, seconds, timed, withHouse } from "./house.mjs";

const [rows, repetitions] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 5)];
const PAGE = "performance page";
const JOINS = "the joins and a sum of each, by psql";

/** Executions of 590 days, each in a market state of its hour; one in five without a quote, one mark in six. */
const FILL = `
set search_path = analytics;
insert into execution select 'alpha_sync', 'P-' || n, 1, case when n % 2 = 0 then 'IMST' else 'ICOI' end, 'filled', 'MSTR  261218C00300000',
  case when n % 3 = 0 then 'COIN' else 'MSTR' end, case when n % 5 = 0 then 1 else -1 end, 1 + n % 9, 40, 100, case when n % 4 > 0 then 1.25 end,
  timestamp with time zone '2025-04-03 15:00Z' + (n % 590) * interval '1 day' + (n % 240) * interval '1 minute', 0, 'open', 'exact_listed', null, 'USD', (1 + n % 9) * 4000 from generate_series(1, ${rows}) n;
insert into execution_benchmark (source_trade_id, context_key, for_version, state, reason, slippage_bps, slippage_usd, slippage_vol_points,
  effective_spread, underlying_price, traded_iv, computed_at)
select 'P-' || n, 'arrival', 1, case when known then 'ok' else 'unavailable' end, case when not known then 'no_quote_in_window' end,
  case when known then n / 7.0 end, case when known then n end, case when known then 0.1 end, case when known then 0.2 end,
  case when known then 300 end, case when known then 0.8 end, now() from generate_series(1, ${rows}) n, lateral (select n % 5 > 0 as known) k;
insert into market_context (source_trade_id, context_key, for_version, state, currency, atm_iv_7, atm_iv_30,
  dvol_rank, dvol_rank_hours, dvol_rank_days, vrp_rank, vrp_rank_hours, vrp_rank_days, regime, skew_rank, skew_rank_hours, skew_rank_days, computed_at)
select 'P-' || n, 'trade_time', 1, 'ok', 'BTC', 0.6 + sin(hour) / 10, 0.6, abs(sin(hour)), 2000, 84, abs(sin(2 * hour)), 2000, 84, 'positive', abs(sin(3 * hour)), 2000, 84, now()
from generate_series(1, ${rows}) n, lateral (select n % 590 * 4 + n % 240 / 60 as hour) h;
insert into outcome_mark (source_trade_id, context_key, for_version, horizon_days, state, reason, target_at, mark_at, mark, mark_source, mark_quality,
  pnl_usd, computed_at)
select 'P-' || n, 'horizon_' || h || 'd', 1, h, case when known then 'unrealized_mark' else 'unavailable' end, case when not known then 'crossed_quote' end,
  now(), now(), 40, 'quote_mid', case when known then 'ok' end, case when known then (n % 1000 - 400) * 1.25 end, now()
from generate_series(1, ${rows}) n, unnest(array[1, 7, 30]) h, lateral (select (n + h) % 6 > 0 as known) k;
vacuum analyze execution; vacuum analyze execution_benchmark; vacuum analyze market_context; vacuum analyze outcome_mark;
`;
const SUMS = `
set search_path = analytics; set work_mem = '32MB';
select count(*), sum(b.slippage_usd) from execution e left join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version;
select count(*), sum(c.vrp) from execution e left join market_context c on c.source_trade_id = e.source_trade_id and c.for_version = e.version;
select count(*), sum(o.pnl_usd) from outcome_mark o join execution e on e.source_trade_id = o.source_trade_id and e.version = o.for_version`;

await withHouse({}, async () => {
  script(FILL);
  console.error("filled");
  const known = Number(psql("postgres", "select count(*) from analytics.execution_benchmark where state = 'ok'"));
  for (let n = 1; n <= repetitions; n++) {
    await timed(JOINS, () => psql("postgres", SUMS));
    const { overall } = await timed(PAGE, async () => (await fetch("http://localhost:28082/api/internal/trades/performance?source=alpha_sync")).json());
    expect("executions", overall.trades, rows);
    expect("known and left out", `${overall.execution_quality.slippage_usd.n} ${overall.execution_quality.slippage_usd.left_out}`, `${known} ${rows - known}`);
    for (const { pnl_usd: pnl } of overall.outcomes) expect("marks", pnl.n + pnl.left_out, rows);
    console.error(`repetition ${n} of ${repetitions} done`);
  }
  console.log(`${rows} enriched executions, median of ${repetitions}; with -Xmx256m peak resident: analytics-service ${peakMiB("analytics-service")} MB\n`);
  console.log("| work | seconds |\n|---|---|");
  for (const [name, list] of Object.entries(seconds)) console.log(`| ${name} | ${median(list).toFixed(2)} |`);
  console.log(`\npage to the joins and sums: ${ratio(PAGE, JOINS)}`);
});
