// The market context step and its peer in one run: as many executions over as many hourly states by the product's own route,
// against DuckDB reading both sides, joining them ASOF and storing the result. Every answer is checked; medians and ratios are
// printed.
//   node deploy/bench/context.mjs [executions = hours = 1000000] [repetitions = 5]
// Needs psql, `npm ci` in deploy/bench, JAVA_HOME of a JDK 25, and the merge in Java: mvn package -Pbench -DskipTests
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { HOME, ROOT, expect, java, median, note, peakMiB, post, psql, ratio, script, seconds, timed, withHouse } from "./house.mjs";

const [rows, repetitions] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 5)];
const sql = (statements) => psql("postgres", statements);

async function step(dryRun) {
  const answer = await post("http://localhost:28082/api/internal/trades/analytics/backfill", { limit: rows, dry_run: dryRun, include_execution: false });
  expect("status", answer.status, "ok");
  expect("rows processed", answer.rows_processed, rows);
  return answer.steps[0].rows_written;
}

/** A market state every hour up to today, and executions at random seconds among them. */
function fill() {
  const hour = `(date_trunc('hour', now()) - (${rows} - n) * interval '1 hour')`;
  const hours = `generate_series(1, ${rows}) n`;
  const number = (least, spread, seed) => `${least} + ${spread} * abs(sin(n * 0.${seed} + ${seed}))`;
  sql(`
    set search_path = snapshot;
    insert into spot_snapshots select 'BTC', ${hour}::date, ${hour}, ${number(20_000, 80_000, 13)}, null, 1 from ${hours};
    insert into vol_metrics_snapshots (currency, snapshot_date, source_timestamp, dvol, atm_7, atm_30, rv_7, rv_30, raw_id)
      select 'BTC', ${hour}::date, ${hour}, ${number(0.4, 0.5, 17)}, ${number(0.4, 0.6, 19)}, ${number(0.4, 0.5, 23)}, ${number(0.3, 0.5, 29)}, ${number(0.3, 0.4, 31)}, 1 from ${hours};
    insert into surface_hourly select 'BTC', ${hour}, ${hour}::date, ${number(0.4, 0.6, 19)}, ${number(0.4, 0.5, 23)}, ${number(-0.05, 0.1, 37)}, ${number(0, 0.02, 41)}, -0.1 from ${hours};
    insert into gex_hourly select 'BTC', ${hour}, ${hour}::date, ${number(20_000, 80_000, 13)}, ${number(-1e8, 2e8, 43)}, 1, 1, ${number(20_000, 80_000, 47)}, null,
      (array['positive', 'near_flip', 'negative'])[1 + n % 3], 1, 1, null, 1, 1, 0, 0, 0 from ${hours};
    analyze;
    set search_path = analytics;
    insert into execution select 'alpha_sync', 'X' || lpad(n::text, 9, '0'), 1, 'IMST', 'filled', 'MSTR  261218C00300000', 'MSTR', 1, 1, 10, 100, 1,
      date_trunc('second', now() - random() * ${rows} * interval '1 hour'), n, 'open', 'exact_listed', null, 'USD', 1000 from ${hours};
    insert into projection_state values ('alpha_sync', ${rows}, now(), now()) on conflict (source) do update set change_seq = excluded.change_seq;
    analyze execution`);
}

/** DuckDB reads both sides from the same tables, joins them, and its result is upserted into a table like ours. */
function peer() {
  const [executions, states, result] = ["executions.csv", "states.csv", "contexts.csv"].map((name) => join(HOME, name));
  const start = performance.now();
  sql(`\\copy (select source_trade_id, version, underlying, executed_at from analytics.execution) to '${executions}' (format csv)`);
  sql(`\\copy (select hour, spot, atm_7, atm_30, rv_7, rv_30, risk_reversal_25, butterfly_25, dvol, net_gex, regime, flip from snapshot.market_state('BTC', '-infinity', 'infinity')) to '${states}' (format csv)`);
  const unloaded = performance.now();
  const duck = JSON.parse(execFileSync("node", [join(ROOT, "deploy/bench/duck-asof.mjs"), executions, states, result]).toString());
  note("DuckDB: ASOF join alone, in memory", duck.join);
  note("DuckDB: read both sides and join", (unloaded - start) / 1000 + duck.read + duck.join);
  const loading = performance.now();
  const columns = "source_trade_id, context_key, for_version, state, reason, currency, market_at, lag_seconds, spot, atm_iv_7, atm_iv_30, rv_7, rv_30, vrp, risk_reversal_25, butterfly_25, dvol, net_gex, regime, flip_distance";
  script(`
set search_path = analytics;
create temp table incoming as select ${columns} from market_context limit 0;
\\copy incoming from '${result}' (format csv)
insert into bench_context (${columns}, computed_at) select ${columns}, now() from incoming
  on conflict (source_trade_id, context_key) do update set state = excluded.state, spot = excluded.spot, computed_at = excluded.computed_at;
`);
  note("DuckDB: read, join, and upsert", (unloaded - start) / 1000 + duck.read + duck.join + duck.write + (performance.now() - loading) / 1000);
  return duck;
}

await withHouse({}, async () => {
  fill();
  console.error("filled");
  for (let n = 1; n <= repetitions; n++) {
    sql("truncate analytics.market_context; set client_min_messages = warning; drop table if exists analytics.bench_context; create table analytics.bench_context (like analytics.market_context including all)");
    const duck = peer();
    expect("DuckDB's rows", duck.rows, rows);
    await timed("step, dry run: read both sides and join", () => step(true));
    expect("written", await timed("step, real: read, join, and upsert", () => step(false)), rows);
    expect("ok and lag", sql("select count(*) filter (where state = 'ok') || ' ' || sum(lag_seconds) from analytics.market_context"), `${duck.ok} ${duck.lag}`);
    expect("written again", await timed("step again, nothing changed", () => step(false)), 0);
    console.error(`repetition ${n} of ${repetitions} done`);
  }
  // in memory, as DuckDB's join alone is
  const merged = java("io.voldesk.snapshot.context.NearestHoursBench", rows, repetitions);
  console.log(`${rows} executions over ${rows} hours, median of ${repetitions}; with -Xmx256m peak resident: analytics-service ${peakMiB("analytics-service")} MB, snapshot-service ${peakMiB("snapshot-service")} MB\n`);
  console.log("| work | seconds |\n|---|---|");
  for (const [name, list] of Object.entries(seconds)) console.log(`| ${name} | ${median(list).toFixed(2)} |`);
  console.log(`| the merge alone, in memory, instants in order | ${merged.merge.toFixed(2)} |\n| – with the sorting of the instants | ${merged.sortAndMerge.toFixed(2)} |\n| – with the 90-day statistics DuckDB's join has not | ${merged.withStatistics.toFixed(2)} |`);
  console.log(`
merge, with sorting, to DuckDB's join alone: ${(merged.sortAndMerge / median(seconds["DuckDB: ASOF join alone, in memory"])).toFixed(2)}×
dry run to DuckDB reading both sides and joining: ${ratio("step, dry run: read both sides and join", "DuckDB: read both sides and join")}
real step to DuckDB reading, joining and upserting: ${ratio("step, real: read, join, and upsert", "DuckDB: read, join, and upsert")}`);
});
