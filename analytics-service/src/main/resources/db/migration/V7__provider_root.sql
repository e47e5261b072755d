-- The root under which market data has an execution's contract. Of a contract with an identity of its own it is the one its marks
-- were looked up under; an adjusted contract without approval was looked up under its own root, and is under its underlying's: its
-- marks are found again when the export has told the root. All executions are read again for it.
alter table execution add column provider_root text;
comment on column execution.provider_root is 'the root a quote is looked up by; null where none can be, or until the row is read again';
update execution set provider_root = rtrim(left(rtrim(symbol), -15))
  where identity in ('exact_listed', 'flex_listed', 'adjusted_authoritative');
update projection_state set change_seq = 0, caught_up_at = null;

-- A contract that becomes another to market data has its marks looked for again, as those a vendor failed for.
drop index outcome_mark_owed;
create index outcome_mark_owed on outcome_mark (source_trade_id)
  where state = 'pending' and reason in ('vendor_error', 'contract_changed');

-- Why the latest pull of the export failed as a whole; cleared by the next that goes well.
alter table projection_state add column last_error text, add column last_error_at timestamptz;
-- null before the first pull that took a change over
alter table projection_state alter column updated_at drop not null;
