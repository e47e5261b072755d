-- An hour is an hour of UTC, whatever the zone of the session: in one with a half-hour offset date_trunc without a zone cuts at the
-- half hour. Rows that were derived in such a session are put right by a re-derivation of their days.
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
  select date_trunc('hour', source_timestamp, 'UTC') as part_hour, price as p_spot, null::float8 as p_gex_spot,
         null::float8 as p_atm_7, null::float8 as p_atm_30, null::float8 as p_vendor_atm_7, null::float8 as p_vendor_atm_30,
         null::float8 as p_rv_7, null::float8 as p_rv_30,
         null::float8 as p_dvol, null::float8 as p_rr, null::float8 as p_fly, null::float8 as p_slope,
         null::float8 as p_gex, null::float8 as p_vendor_gex, null::float8 as p_band, null::float8 as p_flip,
         null::text as p_flip_reason, null::text as p_regime
  from spot_snapshots s
  where s.currency = wanted and s.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond', 'UTC')
    and source_timestamp < date_trunc('hour', upto, 'UTC') + interval '1 hour'
  union all
  select date_trunc('hour', source_timestamp, 'UTC'), null, null, null, null, v.atm_7, v.atm_30, v.rv_7, v.rv_30, v.dvol,
         null, null, null, null, null, null, null, null, null
  from vol_metrics_snapshots v
  where v.currency = wanted and v.suspicious is null
    and source_timestamp >= date_trunc('hour', since + interval '1 hour' - interval '1 microsecond', 'UTC')
    and source_timestamp < date_trunc('hour', upto, 'UTC') + interval '1 hour'
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

-- What came in place of an answer (a page of HTML, an envelope without rows) is kept for whoever looks into it, and never stands
-- for an answer.
alter table raw_payload add column readable boolean not null default true;
comment on column raw_payload.readable is 'false where the vendor''s answer had not what was asked for; such a one is never read again';
