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
