-- Whether a leg opens or closes a position: read again from the export, which now says so.
alter table execution add column position_effect text;
comment on column execution.position_effect is 'open or close where the source says it, else null';
update projection_state set change_seq = 0, caught_up_at = null;

-- The state a trade met is the last at or before it, and its ranks say how many hours and UTC days they stand on.
drop statistics market_context_states;
alter table market_context drop column vrp_spread, drop column iv_rank, drop column skew_rank;
alter table market_context
  add column after_trade boolean,
  add column mapping_quality text,
  add column authority text,
  add column variance_premium double precision,
  add column dvol_rank double precision, add column dvol_rank_hours int, add column dvol_rank_days int,
  add column vrp_rank double precision, add column vrp_rank_hours int, add column vrp_rank_days int,
  add column iv_rank double precision, add column iv_rank_hours int, add column iv_rank_days int,
  add column skew_rank double precision, add column skew_rank_hours int, add column skew_rank_days int;
comment on column market_context.vrp is 'IV30 - RV30 of the same hour, a fraction';
comment on column market_context.variance_premium is 'IV30^2 - RV30^2';

-- What was found by the definitions before is found again: nothing of it is served.
update market_context set state = 'pending', reason = 'definition_changed', market_at = null, lag_seconds = null, spot = null,
  atm_iv_7 = null, atm_iv_30 = null, rv_7 = null, rv_30 = null, vrp = null, risk_reversal_25 = null, butterfly_25 = null,
  dvol = null, net_gex = null, regime = null, flip_distance = null;
alter table execution_benchmark add column underlying_rate double precision;
comment on column execution_benchmark.underlying_rate is 'continuously compounded, a fraction a year: forward = price x exp(rate x years)';
update execution_benchmark set state = 'pending', reason = 'definition_changed', model_reason = null, mark_source = null,
  market_at = null, bid = null, ask = null, arrival_mid = null, quoted_spread = null, effective_spread = null,
  slippage_per_share = null, slippage_usd = null, slippage_bps = null, slippage_vol_points = null, vol_reason = null,
  underlying_price = null, traded_iv = null, raw_id = null
  where state in ('ok', 'model');

-- A vendor that failed has said nothing about a row: it is pending, and asked again.
update execution_benchmark set state = 'pending' where reason = 'vendor_error';
update execution_benchmark set state = 'pending', reason = 'vendor_error' where model_reason = 'vendor_error';
update outcome_mark set state = 'pending' where reason = 'vendor_error';
create index market_context_pending on market_context (source_trade_id) where state = 'pending';
create index execution_benchmark_pending on execution_benchmark (source_trade_id) where state = 'pending';
create index outcome_mark_owed on outcome_mark (source_trade_id) where state = 'pending' and reason = 'vendor_error';

-- How a mark was looked for, so that it is looked for again in the same way.
alter table outcome_mark add column window_minutes int, add column staleness_minutes int;
update outcome_mark set window_minutes = 30, staleness_minutes = 60;
alter table outcome_mark alter column window_minutes set default 30, alter column window_minutes set not null,
  alter column staleness_minutes set default 60, alter column staleness_minutes set not null;

-- When a step that a vendor failed is tried again.
create table vendor_retry (
  step     text primary key,
  attempts int not null,
  next_at  timestamptz not null
);

-- The last capture run of market data whose dates have been taken into the contexts.
create table capture_seen (
  source  text primary key,
  run_id  bigint not null,
  seen_at timestamptz not null
);

-- Errors were kept with the statement that failed; they are shown to anybody.
update internal_trade_sync_state set last_error = 'a step failed on the database'
  where last_error ~ 'PSQLException|statement';
update internal_trade_sync_state set last_run_summary = null where last_run_summary ~ 'PSQLException|statement:';
update pipeline_run set summary = null where summary ~ 'PSQLException|statement:';

create statistics market_context_states (ndistinct)
  on state, dvol_rank, vrp_rank, skew_rank, regime, atm_iv_7, atm_iv_30 from market_context;
drop statistics execution_by_day;
drop statistics execution_by_month;
create statistics execution_by_day (ndistinct)
  on portfolio, underlying, side, ((executed_at at time zone 'UTC')::date) from execution;
create statistics execution_by_month (ndistinct)
  on portfolio, underlying, side, position_effect, (date_trunc('month', executed_at at time zone 'UTC')::date) from execution;
