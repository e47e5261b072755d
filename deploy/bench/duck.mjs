// DuckDB's full outer join of the source's rows with the cached ones: the peer of the full-scope diagnostic.
//   node duck.mjs SOURCE.ndjson CACHE.csv   prints {"read": seconds, "join": seconds, "rows": n, "differing": n}
import { DuckDBInstance } from "@duckdb/node-api";

const [source, cache] = process.argv.slice(2);
const COMPARED = ["version", "portfolio", "status", "recon_status", "symbol", "underlying", "side", "quantity", "price", "multiplier", "fees_usd", "executed_at", "updated_at", "settle_date"];
const TYPES = "source_trade_id VARCHAR, version INTEGER, portfolio VARCHAR, status VARCHAR, recon_status VARCHAR, symbol VARCHAR, underlying VARCHAR, side VARCHAR, quantity DECIMAL(38,12), price DECIMAL(38,12), multiplier INTEGER, fees_usd DECIMAL(38,12), executed_at TIMESTAMPTZ, updated_at TIMESTAMPTZ, settle_date DATE";

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const start = performance.now();
await connection.run(`create table s (${TYPES})`);
await connection.run(`insert into s select trade_id, version, portfolio, status, recon_status, symbol, underlying, side, quantity, price, multiplier, fees, executed_at, updated_at, settle_date
  from read_json('${source}', format = 'newline_delimited', columns = {trade_id: 'VARCHAR', version: 'INTEGER', portfolio: 'VARCHAR', status: 'VARCHAR', recon_status: 'VARCHAR', symbol: 'VARCHAR', underlying: 'VARCHAR', side: 'VARCHAR', quantity: 'DECIMAL(38,12)', price: 'DECIMAL(38,12)', multiplier: 'INTEGER', fees: 'DECIMAL(38,12)', executed_at: 'TIMESTAMPTZ', updated_at: 'TIMESTAMPTZ', settle_date: 'DATE'})`);
await connection.run(`create table e (${TYPES})`);
await connection.run(`copy e from '${cache}' (header false)`);
const read = performance.now();
const result = await connection.runAndReadAll(`
  select count(*), sum(s.quantity), sum(e.quantity), sum(s.quantity * s.price * s.multiplier)::double, sum(e.quantity * e.price * e.multiplier)::double,
         count(*) filter (where s.source_trade_id is null), count(*) filter (where e.source_trade_id is null),
         count(*) filter (where ${COMPARED.map((c) => `s.${c} is distinct from e.${c}`).join(" or ")})
  from s full join e on s.source_trade_id = e.source_trade_id`);
const end = performance.now();
const row = result.getRows()[0];
console.log(JSON.stringify({ read: (read - start) / 1000, join: (end - read) / 1000, rows: Number(row[0]), differing: Number(row[7]) }));
