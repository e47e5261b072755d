-- The schema of snapshot as the release before the kit had a history of its own left it: its migrations as they were applied, and the
-- history that says so, with the checksums of that release.

-- V1__market_data.sql
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

-- V2__backfill_pause.sql
-- A backfill is paused, by whoever cancels its job, and resumed; it is never dropped with tasks undone.
alter table backfill_job rename column cancelled_at to paused_at;
alter table backfill_job add column snapshot_types text[];
alter table backfill_job add column currencies text[];
alter table backfill_job add column from_date date;
alter table backfill_job add column to_date date;

-- V3__market_state.sql
-- The hours of one currency in a range, both ends included: a function, so that the range reaches the index of each table.
-- Suspicious rows are kept out. Each column has one source, so that max() only picks the value that is there; spot is the spot
-- snapshot's, else the one the gamma exposure was computed at.
drop view market_state;
create function market_state(wanted text, since timestamptz, upto timestamptz)
returns table (
  hour timestamptz, spot double precision, gex_spot double precision, atm_7 double precision, atm_30 double precision,
  rv_7 double precision, rv_30 double precision, dvol double precision, risk_reversal_25 double precision,
  butterfly_25 double precision, skew_slope double precision, net_gex double precision, flip double precision, regime text)
language sql stable
begin atomic
select part_hour, coalesce(max(p_spot), max(p_gex_spot)), max(p_gex_spot), max(p_atm_7), max(p_atm_30), max(p_rv_7), max(p_rv_30),
       max(p_dvol), max(p_rr), max(p_fly), max(p_slope), max(p_gex), max(p_flip), max(p_regime)
from (
  select date_trunc('hour', source_timestamp) as part_hour, price as p_spot, null::float8 as p_gex_spot,
         null::float8 as p_atm_7, null::float8 as p_atm_30, null::float8 as p_rv_7, null::float8 as p_rv_30,
         null::float8 as p_dvol, null::float8 as p_rr, null::float8 as p_fly, null::float8 as p_slope,
         null::float8 as p_gex, null::float8 as p_flip, null::text as p_regime
  from spot_snapshots s
  where s.currency = wanted and s.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond')
    and source_timestamp < date_trunc('hour', upto) + interval '1 hour'
  union all
  select date_trunc('hour', source_timestamp), null, null, v.atm_7, v.atm_30, v.rv_7, v.rv_30, v.dvol, null, null, null, null, null, null
  from vol_metrics_snapshots v
  where v.currency = wanted and v.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond')
    and source_timestamp < date_trunc('hour', upto) + interval '1 hour'
  union all
  select i.hour, null, null, null, null, null, null, null, i.risk_reversal_25, i.butterfly_25, i.skew_slope, null, null, null
  from surface_hourly i
  where i.currency = wanted and i.hour between since and upto
  union all
  select g.hour, null, g.spot, null, null, null, null, null, null, null, null, g.net_gex, g.flip, g.regime
  from gex_hourly g
  where g.currency = wanted and g.hour between since and upto
) parts
group by part_hour;
end;

-- The archive of raw answers itself tells what has been asked.
drop table option_quote_window;

-- How many snapshots of its range stood before a backfill began; null for one from before this was kept.
alter table backfill_job add column stored_before bigint;

-- V4__right_inputs.sql
-- Gamma exposure is computed here from the dealers' total inventory and Black gamma; the vendor's own sum stands beside it under
-- its own name. The hours derived by the rule before (net inventory, the vendor's rounded gamma) are not what these columns say.
delete from gex_hourly;
alter table gex_hourly
  add column vendor_net_gex double precision,
  add column rounding_band double precision not null,
  add column by_mark_vol int not null,
  add column by_surface_vol int not null,
  add column by_open_interest int not null,
  add column left_out int not null,
  alter column net_gex drop not null,
  alter column call_gex drop not null,
  alter column put_gex drop not null;
comment on column gex_hourly.net_gex is 'USD per 1 % move: sum of total inventory x Black gamma (carry to the power one) x spot^2 x 0.01; null with flip_reason where nothing of the hour could be priced';
comment on column gex_hourly.vendor_net_gex is 'USD per 1 % move: sum of the vendor''s gamma_level x index_price^2 x 0.01; its gamma is rounded to five decimals';
comment on column gex_hourly.rounding_band is 'standard deviation that the rounding of gamma to five decimals alone gives the vendor''s sum, USD per 1 %; a smaller net has no sign';
comment on column gex_hourly.instruments is 'instruments that were priced';
comment on column gex_hourly.by_mark_vol is 'instruments priced at their own mark vol; by_surface_vol: at the vol of their strike on the surface of the hour; by_open_interest: those of them whose inventory is missing and stands in by open interest, calls long and puts short';
comment on column gex_hourly.regime is 'positive, near_flip (within one daily deviation of a flip), negative, or undetermined (net within rounding_band)';

-- The DVOL index's bars are stamped at their start: what was stored as of an hour was the close at its end.
update vol_metrics_snapshots set dvol = null;

-- The prices of linear options are in USD, those of the others in their coin, as the instrument's name tells.
alter table oi_snapshots add column price_unit text not null default 'coin' check (price_unit in ('coin', 'usd'));
update oi_snapshots set price_unit = 'usd' where instrument like '%\_USDC-%';
alter table oi_snapshots alter column price_unit drop default;

-- Vendor rows that could not be kept at all; why is in warnings and in the answer to the capture.
alter table snapshot_run add column rejected_count int not null default 0;

-- Why an operator did it and how it went are two things; until now reason held the second.
alter table remediation_event rename column reason to detail;
alter table remediation_event add column reason text;

-- At-the-money vols have one source, the surface; what the vendor interpolates itself keeps a name of its own.
drop function market_state(text, timestamptz, timestamptz);
create function market_state(wanted text, since timestamptz, upto timestamptz)
returns table (
  hour timestamptz, spot double precision, gex_spot double precision, atm_7 double precision, atm_30 double precision,
  vendor_atm_7 double precision, vendor_atm_30 double precision,
  rv_7 double precision, rv_30 double precision, dvol double precision, risk_reversal_25 double precision,
  butterfly_25 double precision, skew_slope double precision, net_gex double precision, vendor_net_gex double precision,
  rounding_band double precision, flip double precision, flip_reason text, regime text)
language sql stable
begin atomic
select part_hour, coalesce(max(p_spot), max(p_gex_spot)), max(p_gex_spot), max(p_atm_7), max(p_atm_30), max(p_vendor_atm_7),
       max(p_vendor_atm_30), max(p_rv_7), max(p_rv_30), max(p_dvol), max(p_rr), max(p_fly), max(p_slope), max(p_gex), max(p_vendor_gex),
       max(p_band), max(p_flip), max(p_flip_reason), max(p_regime)
from (
  select date_trunc('hour', source_timestamp) as part_hour, price as p_spot, null::float8 as p_gex_spot,
         null::float8 as p_atm_7, null::float8 as p_atm_30, null::float8 as p_vendor_atm_7, null::float8 as p_vendor_atm_30,
         null::float8 as p_rv_7, null::float8 as p_rv_30,
         null::float8 as p_dvol, null::float8 as p_rr, null::float8 as p_fly, null::float8 as p_slope,
         null::float8 as p_gex, null::float8 as p_vendor_gex, null::float8 as p_band, null::float8 as p_flip,
         null::text as p_flip_reason, null::text as p_regime
  from spot_snapshots s
  where s.currency = wanted and s.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond')
    and source_timestamp < date_trunc('hour', upto) + interval '1 hour'
  union all
  select date_trunc('hour', source_timestamp), null, null, null, null, v.atm_7, v.atm_30, v.rv_7, v.rv_30, v.dvol,
         null, null, null, null, null, null, null, null, null
  from vol_metrics_snapshots v
  where v.currency = wanted and v.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond')
    and source_timestamp < date_trunc('hour', upto) + interval '1 hour'
  union all
  select i.hour, null, null, i.atm_7, i.atm_30, null, null, null, null, null, i.risk_reversal_25, i.butterfly_25, i.skew_slope,
         null, null, null, null, null, null
  from surface_hourly i
  where i.currency = wanted and i.hour between since and upto
  union all
  select g.hour, null, g.spot, null, null, null, null, null, null, null, null, null, null, g.net_gex, g.vendor_net_gex,
         g.rounding_band, g.flip, g.flip_reason, g.regime
  from gex_hourly g
  where g.currency = wanted and g.hour between since and upto
) parts
group by part_hour;
end;

-- V5__one_moment.sql
-- A chain is looked up by its moment: the density of an hour is fitted to the chain of that hour where one is stored.
create index oi_at on oi_snapshots (currency, source_timestamp);

-- The slope at a constant maturity is interpolated as slope x sqrt(T), not linearly in T: what was derived by the old rule is not
-- what the column says. A re-derivation of the days fills it again.
update surface_hourly set skew_slope = null;
comment on column surface_hourly.skew_slope is '30-day d(vol)/dk at the money, k = ln(K/F): slope x sqrt(T) linear between the neighbouring expiries';

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
(1, '1', 'market data', 'SQL', 'V1__market_data.sql', -684555715, 'snapshot', '2026-11-25 04:00:00', 10, true),
(2, '1.1', 'job', 'SQL', 'V1.1__job.sql', 1639488580, 'snapshot', '2026-11-25 04:00:00', 10, true),
(3, '2', 'backfill pause', 'SQL', 'V2__backfill_pause.sql', 1338130444, 'snapshot', '2026-11-25 04:00:00', 10, true),
(4, '3', 'market state', 'SQL', 'V3__market_state.sql', -1426951666, 'snapshot', '2026-11-25 04:00:00', 10, true),
(5, '4', 'right inputs', 'SQL', 'V4__right_inputs.sql', 2124393453, 'snapshot', '2026-11-25 04:00:00', 10, true),
(6, '5', 'one moment', 'SQL', 'V5__one_moment.sql', -484026107, 'snapshot', '2026-11-25 04:00:00', 10, true);

-- What was going on when that release was stopped.
insert into backfill_job (requested_by, reason, created_at, snapshot_types, currencies, from_date, to_date, stored_before) values
  ('ann@desk', 'gap', now() - interval '2 minutes', '{spot}', '{BTC}', '2026-10-01', '2026-10-03', 0);
insert into backfill_task (job_id, snapshot_type, currency, target_date, status) values
  (1, 'spot', 'BTC', '2026-10-01', 'no_payload'), (1, 'spot', 'BTC', '2026-10-02', 'waiting'), (1, 'spot', 'BTC', '2026-10-03', 'waiting');
insert into job (id, kind, requested_by, request, status, created_at, started_at, runner, heartbeat_at, attempts, step) values
  ('snapshot-running', 'snapshot_backfill', 'ann@desk', '1', 'running', now() - interval '2 minutes',
   now() - interval '2 minutes', 'gone', now() - interval '1 minute', 1, 'capture');
insert into snapshot_run (snapshot_type, currency, target_date, status, requested_by, started_at) values
  ('spot', 'BTC', '2026-10-02', 'running', 'ann@desk', now() - interval '2 minutes');
