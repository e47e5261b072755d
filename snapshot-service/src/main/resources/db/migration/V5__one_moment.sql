-- A chain is looked up by its moment: the density of an hour is fitted to the chain of that hour where one is stored.
create index oi_at on oi_snapshots (currency, source_timestamp);

-- The slope at a constant maturity is interpolated as slope x sqrt(T), not linearly in T: what was derived by the old rule is not
-- what the column says. A re-derivation of the days fills it again.
update surface_hourly set skew_slope = null;
comment on column surface_hourly.skew_slope is '30-day d(vol)/dk at the money, k = ln(K/F): slope x sqrt(T) linear between the neighbouring expiries';
