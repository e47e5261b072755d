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
