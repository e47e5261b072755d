// DuckDB's ASOF join of executions with the last hourly state at or before each: the peer of the market context step.
//   node duck-asof.mjs EXECUTIONS.csv STATES.csv RESULT.csv   prints {"read", "join", "write": seconds, "rows": n, "ok": n, "lag": sum of seconds}
import { DuckDBInstance } from "@duckdb/node-api";

const [executions, states, result] = process.argv.slice(2);
const FIGURES = ["spot", "atm_7", "atm_30", "rv_7", "rv_30", "risk_reversal_25", "butterfly_25", "dvol", "net_gex"];

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run("set timezone = 'UTC'");
const start = performance.now();
await connection.run("create table e (source_trade_id varchar, version integer, underlying varchar, executed_at timestamptz)");
await connection.run(`copy e from '${executions}' (header false)`);
await connection.run(`create table s (hour timestamptz, ${FIGURES.map((f) => `${f} double`).join(", ")}, regime varchar, flip double)`);
await connection.run(`copy s from '${states}' (header false)`);
const read = performance.now();
// what lies before the first state meets that one
await connection.run(`create table m as
  select e.*, s.*, s.atm_30 - s.rv_30 as vrp, s.flip / s.spot - 1 as flip_distance, epoch(s.hour) - epoch(e.executed_at) as lag
  from e asof left join (select *, case when lag(hour) over (order by hour) is null then '-infinity'::timestamptz else hour end as since from s) s
  on e.executed_at >= s.since`);
const joined = performance.now();
await connection.run(`copy (select source_trade_id, 'trade_time', version, case when abs(lag) <= 5400 then 'ok' else 'stale' end,
    case when abs(lag) <= 5400 then null else 'nearest_state_outside_tolerance' end, 'BTC', hour, lag::bigint,
    spot, atm_7, atm_30, rv_7, rv_30, vrp, risk_reversal_25, butterfly_25, dvol, net_gex, regime, flip_distance
  from m) to '${result}' (header false)`);
const end = performance.now();
const [row] = (await connection.runAndReadAll("select count(*), count(*) filter (where abs(lag) <= 5400), sum(lag::bigint)::double from m")).getRows();
console.log(JSON.stringify({ read: (read - start) / 1000, join: (joined - read) / 1000, write: (end - joined) / 1000, rows: Number(row[0]), ok: Number(row[1]), lag: Number(row[2]) }));
