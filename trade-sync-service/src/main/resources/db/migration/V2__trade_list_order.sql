-- The order of the trade list as it is asked for, so that its first page does not sort the whole cache.
drop index execution_executed_at;
create index execution_executed_at on execution (coalesce(executed_at, 'epoch'::timestamptz) desc, source_trade_id desc);
