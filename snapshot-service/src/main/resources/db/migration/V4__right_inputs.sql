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
