-- Raw vendor answers first, then what was read from them.

create table raw_payload (
  id           bigint generated always as identity primary key,
  sha256       text not null,
  endpoint     text not null,
  query        text not null,
  requested_at timestamptz not null,
  received_at  timestamptz not null,
  size         int not null,
  body_gzip    bytea not null,
  unique (endpoint, query, sha256)
);
comment on table raw_payload is 'vendor answers as they came (gzip), one row per request and content';

create table snapshot_run (
  id               bigint generated always as identity primary key,
  snapshot_type    text not null,
  currency         text not null,
  target_date      date not null,
  status           text not null,
  requested_by     text not null,
  started_at       timestamptz not null,
  finished_at      timestamptz,
  record_count     int not null default 0,
  suspicious_count int not null default 0,
  warnings         text not null default '',
  source_from      timestamptz,
  source_to        timestamptz,
  error            text
);
create index snapshot_run_by_target on snapshot_run (snapshot_type, currency, target_date, id desc);

-- The stored snapshot of a type, currency and UTC date: what its latest good capture put there.
create table snapshot (
  snapshot_type     text not null,
  currency          text not null,
  snapshot_date     date not null,
  run_id            bigint not null,
  record_count      int not null,
  suspicious_count  int not null,
  warnings          text not null,
  source_from       timestamptz,
  source_to         timestamptz,
  source_timestamps int not null,
  created_at        timestamptz not null,
  primary key (snapshot_type, currency, snapshot_date)
);

-- Vols are fractions, prices USD, times the vendor's own. suspicious holds the reason, null for a good row.
create table gex_snapshots (
  currency text not null, snapshot_date date not null, source_timestamp timestamptz not null,
  instrument text not null, expiration timestamptz, strike double precision, put_call text,
  net_inventory double precision, total_inventory double precision, gamma_level double precision,
  index_price double precision, suspicious text, raw_id bigint not null
);
create index gex_snapshots_at on gex_snapshots (currency, source_timestamp);
create index gex_snapshots_date on gex_snapshots (currency, snapshot_date);

create table gex_hourly (
  currency text not null, hour timestamptz not null, snapshot_date date not null,
  spot double precision not null, net_gex double precision not null, call_gex double precision not null,
  put_gex double precision not null, flip double precision, flip_reason text, regime text,
  instruments int not null, raw_id bigint not null,
  primary key (currency, hour)
);
comment on column gex_hourly.net_gex is 'USD per 1 % move: sum of gamma_level x index_price^2 x 0.01';
comment on column gex_hourly.flip is 'spot at which the gamma profile changes sign, nearest to spot; null with flip_reason';

create table iv_surface_snapshots (
  currency text not null, snapshot_date date not null, source_timestamp timestamptz not null,
  expiration timestamptz not null, days double precision not null, point text not null,
  call_delta double precision not null, vol double precision not null, forward double precision,
  index_price double precision, suspicious text, raw_id bigint not null
);
create index iv_surface_at on iv_surface_snapshots (currency, source_timestamp);
create index iv_surface_date on iv_surface_snapshots (currency, snapshot_date);

create table surface_hourly (
  currency text not null, hour timestamptz not null, snapshot_date date not null,
  atm_7 double precision, atm_30 double precision, risk_reversal_25 double precision,
  butterfly_25 double precision, skew_slope double precision,
  primary key (currency, hour)
);
comment on table surface_hourly is 'constant-maturity readings of one surface: atm 7d/30d, 30d 25-delta risk reversal and butterfly, 30d d(vol)/dk at the money; fractions';

create table vol_metrics_snapshots (
  currency text not null, snapshot_date date not null, source_timestamp timestamptz not null,
  dvol double precision, atm_7 double precision, atm_30 double precision, atm_60 double precision,
  atm_90 double precision, atm_180 double precision, rv_7 double precision, rv_30 double precision,
  suspicious text, raw_id bigint not null
);
create index vol_metrics_at on vol_metrics_snapshots (currency, source_timestamp);

create table spot_snapshots (
  currency text not null, snapshot_date date not null, source_timestamp timestamptz not null,
  price double precision, suspicious text, raw_id bigint not null
);
create index spot_at on spot_snapshots (currency, source_timestamp);

create table oi_snapshots (
  currency text not null, snapshot_date date not null, source_timestamp timestamptz not null,
  observed_at timestamptz, instrument text not null, expiration timestamptz, strike double precision, put_call text,
  open_interest double precision, open_interest_usd double precision, bid double precision, ask double precision,
  mark_price double precision, mark_iv double precision, underlying_price double precision,
  index_price double precision, volume double precision, volume_usd double precision,
  suspicious text, raw_id bigint not null
);
create index oi_date on oi_snapshots (currency, snapshot_date);

-- One hour of the market as every reader sees it. Suspicious rows are kept out. Each column has one source, so that max()
-- only picks the value that is there; spot is the spot snapshot's, else the one the gamma exposure was computed at.
create view market_state as
select currency, hour, coalesce(max(spot), max(gex_spot)) as spot, max(gex_spot) as gex_spot, max(atm_7) as atm_7, max(atm_30) as atm_30, max(rv_7) as rv_7, max(rv_30) as rv_30,
       max(dvol) as dvol, max(risk_reversal_25) as risk_reversal_25, max(butterfly_25) as butterfly_25,
       max(skew_slope) as skew_slope, max(net_gex) as net_gex, max(flip) as flip, max(regime) as regime
from (
  select currency, date_trunc('hour', source_timestamp) as hour, price as spot, null::float8 as atm_7, null::float8 as atm_30,
         null::float8 as rv_7, null::float8 as rv_30, null::float8 as dvol, null::float8 as risk_reversal_25,
         null::float8 as butterfly_25, null::float8 as skew_slope, null::float8 as net_gex, null::float8 as flip, null as regime, null::float8 as gex_spot
  from spot_snapshots where suspicious is null
  union all
  select currency, date_trunc('hour', source_timestamp), null, atm_7, atm_30, rv_7, rv_30, dvol, null, null, null, null, null, null, null
  from vol_metrics_snapshots where suspicious is null
  union all
  select currency, hour, null, null, null, null, null, null, risk_reversal_25, butterfly_25, skew_slope, null, null, null, null
  from surface_hourly
  union all
  select currency, hour, null, null, null, null, null, null, null, null, null, net_gex, flip, regime, spot
  from gex_hourly
) parts
group by currency, hour;

create table remediation_event (
  id            bigint generated always as identity primary key,
  at            timestamptz not null,
  who           text not null,
  kind          text not null,
  snapshot_type text not null,
  currency      text not null,
  snapshot_date date not null,
  reason        text,
  rows_before   int,
  rows_after    int,
  suspicious_before int,
  suspicious_after  int,
  status        text not null
);

create table backfill_job (
  id           bigint generated always as identity primary key,
  requested_by text not null,
  reason       text,
  created_at   timestamptz not null,
  cancelled_at timestamptz
);
create table backfill_task (
  job_id        bigint not null references backfill_job,
  snapshot_type text not null,
  currency      text not null,
  target_date   date not null,
  status        text not null default 'waiting',
  detail        text,
  primary key (job_id, target_date, snapshot_type, currency)
);

-- Option quotes read from archived answers, per contract and window asked.
create table option_quote_window (
  symbol      text not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  raw_id      bigint not null,
  primary key (symbol, from_at, to_at)
);

create table run_lock_holder (
  lock_key text primary key,
  holder   text not null,
  since    timestamptz not null
);
