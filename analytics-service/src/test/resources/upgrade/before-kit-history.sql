-- The schema of analytics as the release before the kit had a history of its own left it: its migrations as they were applied, and the
-- history that says so, with the checksums of that release.

-- V1__trade_analytics.sql
-- A projection of the executions, fed by the export of execution sync.
create table execution (
  source          text not null,
  source_trade_id text not null,
  version         int not null,
  portfolio       text not null,
  status          text not null,
  symbol          text not null,
  underlying      text not null,
  side            int not null,
  quantity        numeric not null,
  price           numeric not null,
  multiplier      int not null,
  fees_usd        numeric,
  executed_at     timestamptz,
  change_seq      bigint not null,
  primary key (source, source_trade_id)
);
comment on column execution.side is '+1 buy, -1 sell';
create index execution_change_seq on execution (source, change_seq);
create index execution_executed_at on execution (source, executed_at desc nulls last);

create table projection_state (
  source     text primary key,
  change_seq bigint not null,
  updated_at timestamptz not null
);

-- Enrichment: one row per execution and context key; state tells whether the values may be used, reason why not.
-- for_version is the execution's version the row was computed for: a corrected execution is enriched again.
create table market_context (
  source_trade_id text not null,
  context_key     text not null,
  for_version     int not null,
  state           text not null,
  reason          text,
  currency        text,
  market_at       timestamptz,
  lag_seconds     bigint,
  spot            double precision,
  atm_iv_7        double precision,
  atm_iv_30       double precision,
  rv_7            double precision,
  rv_30           double precision,
  vrp             double precision,
  risk_reversal_25 double precision,
  butterfly_25    double precision,
  dvol            double precision,
  net_gex         double precision,
  regime          text,
  flip_distance   double precision,
  vrp_spread      double precision,
  iv_rank         double precision,
  skew_rank       double precision,
  computed_at     timestamptz not null,
  primary key (source_trade_id, context_key)
);

create table execution_benchmark (
  source_trade_id text not null,
  context_key     text not null,
  for_version     int not null,
  state           text not null,
  reason          text,
  quote_at        timestamptz,
  bid             double precision,
  ask             double precision,
  arrival_mid     double precision,
  quoted_spread   double precision,
  effective_spread double precision,
  slippage_per_share double precision,
  slippage_usd    numeric,
  slippage_bps    double precision,
  slippage_vol_points double precision,
  vol_reason      text,
  mark_source     text,
  raw_id          bigint,
  computed_at     timestamptz not null,
  primary key (source_trade_id, context_key)
);
comment on column execution_benchmark.slippage_per_share is 'side x (price - mid), USD; positive is a cost';

create table outcome_mark (
  source_trade_id text not null,
  context_key     text not null,
  for_version     int not null,
  horizon_days    int not null,
  state           text not null,
  reason          text,
  target_at       timestamptz,
  target_rolled   boolean,
  mark_at         timestamptz,
  mark            double precision,
  mark_source     text,
  mark_quality    text,
  pnl_usd         numeric,
  raw_id          bigint,
  computed_at     timestamptz not null,
  primary key (source_trade_id, context_key)
);
comment on column outcome_mark.pnl_usd is 'side x (mark - price) x multiplier x quantity; fees apart; only in state unrealized_mark';
create index outcome_mark_horizon on outcome_mark (horizon_days, source_trade_id);

create table internal_trade_sync_state (
  source                  text not null,
  scope_key               text not null,
  last_successful_sync_at timestamptz,
  last_error              text,
  last_error_at           timestamptz,
  last_run_summary        text,
  primary key (source, scope_key)
);

create table pipeline_run (
  id           bigint generated always as identity primary key,
  kind         text not null,
  scope_key    text not null,
  requested_by text not null,
  status       text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz not null,
  summary      text
);

create table run_lock_holder (
  lock_key text primary key,
  holder   text not null,
  since    timestamptz not null
);

-- V1.1__job.sql
-- Long work that is followed instead of waited for; it outlives the instance that runs it.
create table job (
  id               text primary key,
  kind             text not null,
  requested_by     text not null,
  request          text not null,
  status           text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  created_at       timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  runner           text,
  heartbeat_at     timestamptz,
  attempts         int not null default 0,
  step             text,
  done             bigint,
  total            bigint,
  cancel_requested boolean not null default false,
  result           text,
  problem          text
);
create index job_open on job (created_at, id) where status in ('queued', 'running');

-- V2__model_marks_and_ledger.sql
-- A benchmark says where its market was taken from, also where a model mark stands in: reason is why no quote could be
-- defended, model_reason why no model mark stood in.
alter table execution_benchmark rename column quote_at to market_at;
alter table execution_benchmark add column model_reason text;
alter table execution_benchmark add column underlying_price double precision;
alter table execution_benchmark add column traded_iv double precision;
comment on column execution_benchmark.traded_iv is 'implied by the price paid, a fraction';

-- A run is in the ledger from its start; one that was killed is found there by the next.
alter table pipeline_run alter column finished_at drop not null;

-- When the projection was last seen to hold everything that execution sync has.
alter table projection_state add column caught_up_at timestamptz;

-- V3__provisional_marks.sql
-- A mark that was made before the window around its target had closed: a nearer quote may have come since.
alter table outcome_mark add column provisional boolean not null default false;

-- V4__performance_statistics.sql
-- The performance page groups executions by few values, which the planner cannot know of expressions and of columns that go
-- together: with these it aggregates in parallel and in memory, without them it sorts millions of rows.
create statistics execution_by_day (ndistinct)
  on portfolio, underlying, side, ((executed_at at time zone 'UTC')::date) from execution;
create statistics execution_by_month (ndistinct)
  on portfolio, underlying, side, (date_trunc('month', executed_at at time zone 'UTC')::date) from execution;
create statistics outcome_mark_states (ndistinct) on horizon_days, state, reason, mark_quality from outcome_mark;
create statistics execution_benchmark_states (ndistinct)
  on state, reason, vol_reason, (slippage_vol_points is not null), (underlying_price is not null), (traded_iv is not null)
  from execution_benchmark;
create statistics market_context_states (ndistinct)
  on state, vrp, vrp_spread, iv_rank, regime, skew_rank from market_context;

-- V5__authority_and_healing.sql
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

-- V6__contract_identity.sql
-- What the export tells of an execution's contract and money. The rows of before are of plain or adjusted roots, in USD; all of
-- them are read again.
alter table execution
  add column identity text not null default 'exact_listed',
  add column deliverable text,
  add column currency text not null default 'USD',
  add column premium_usd numeric;
update execution set identity = 'standard_root_fallback' where left(symbol, -15) ~ '[0-9]';
alter table execution alter column identity drop default, alter column currency drop default;
comment on column execution.identity is 'how surely the contract is known; marks of a standard_root_fallback are estimates';
comment on column execution.deliverable is 'of one contract as an operator approved it, else null';
comment on column execution.currency is 'of the price; premium and fees are USD all the same';
comment on column execution.premium_usd is 'the source''s where it gave one, unsigned; null until the row is read again';
update projection_state set change_seq = 0, caught_up_at = null;

-- A quote of a contract that may not be the execution's own is an estimate: such benchmarks are found again.
update execution_benchmark b set state = 'pending', reason = 'definition_changed', model_reason = null, mark_source = null,
  market_at = null, bid = null, ask = null, arrival_mid = null, quoted_spread = null, effective_spread = null,
  slippage_per_share = null, slippage_usd = null, slippage_bps = null, slippage_vol_points = null, vol_reason = null,
  underlying_price = null, underlying_rate = null, traded_iv = null, raw_id = null
  from execution e
  where e.source_trade_id = b.source_trade_id and e.identity = 'standard_root_fallback' and b.state in ('ok', 'model');

create table flyway_schema_history (
  installed_rank int not null constraint flyway_schema_history_pk primary key,
  version        varchar(50),
  description    varchar(200) not null,
  type           varchar(20) not null,
  script         varchar(1000) not null,
  checksum       int,
  installed_by   varchar(100) not null,
  installed_on   timestamp not null default now(),
  execution_time int not null,
  success        boolean not null
);
create index flyway_schema_history_s_idx on flyway_schema_history (success);
insert into flyway_schema_history values
(1, '1', 'trade analytics', 'SQL', 'V1__trade_analytics.sql', -247614718, 'analytics', '2026-11-25 04:00:00', 10, true),
(2, '1.1', 'job', 'SQL', 'V1.1__job.sql', 1639488580, 'analytics', '2026-11-25 04:00:00', 10, true),
(3, '2', 'model marks and ledger', 'SQL', 'V2__model_marks_and_ledger.sql', -865479141, 'analytics', '2026-11-25 04:00:00', 10, true),
(4, '3', 'provisional marks', 'SQL', 'V3__provisional_marks.sql', -677636076, 'analytics', '2026-11-25 04:00:00', 10, true),
(5, '4', 'performance statistics', 'SQL', 'V4__performance_statistics.sql', 1142881125, 'analytics', '2026-11-25 04:00:00', 10, true),
(6, '5', 'authority and healing', 'SQL', 'V5__authority_and_healing.sql', 68711379, 'analytics', '2026-11-25 04:00:00', 10, true),
(7, '6', 'contract identity', 'SQL', 'V6__contract_identity.sql', 494464801, 'analytics', '2026-11-25 04:00:00', 10, true);

-- What was going on when that release was stopped.
insert into pipeline_run (kind, scope_key, requested_by, status, started_at) values
  ('backfill', 'alpha_sync', 'ann@desk', 'running', now() - interval '2 minutes');
