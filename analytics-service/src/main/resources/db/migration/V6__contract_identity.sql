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
