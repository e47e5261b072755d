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
