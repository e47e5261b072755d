-- What the production feed says and the first shape of the cache had no place for.

alter table execution
  add column root_kind text not null default 'plain',
  add column currency text not null default 'USD',
  add column source_premium_usd numeric,
  add column retired_at timestamptz;

update execution set root_kind = case
    when rtrim(left(symbol, 6)) ~ '^[A-Z.]+[0-9]$' then 'adjusted'
    when rtrim(left(symbol, 6)) ~ '^[A-Z.]{1,5}$' then 'plain'
    else 'other' end
where rtrim(left(symbol, 6)) !~ '^[A-Z.]{1,5}$';

-- few: standard roots need no identity of their own
create index execution_odd_root on execution (symbol, underlying, multiplier) where root_kind <> 'plain';

comment on column execution.price is 'average fill per share, in currency';
comment on column execution.premium_usd is 'the source''s where it gave one, else quantity x price x multiplier; unsigned, exact';
comment on column execution.retired_at is 'an operator took the execution out of the scope; set back once the source serves it again';

alter table rejected_execution
  add column version int,
  add column updated_at timestamptz,
  add column page int,
  add column position int,
  add column scope_key text,
  add column resolution text,
  add column resolved_by text,
  add column resolution_reason text;
comment on column rejected_execution.resolution is 'good_version, later_version, withdrawn, dismissed';
update rejected_execution set resolution = 'good_version' where resolved_at is not null;
update rejected_execution q set scope_key = (select r.scope_key from sync_run r where r.id = q.first_run);
create index rejected_execution_md5 on rejected_execution (source, raw_md5);

-- Rows in the cache that the source dates later than the moment it answered for.
create table future_execution (
  source          text not null,
  source_trade_id text not null,
  updated_at      timestamptz not null,
  first_run       bigint not null,
  first_seen_at   timestamptz not null,
  primary key (source, source_trade_id)
);

-- What operators have said of option roots; the latest word on a root stands.
create table contract_approval (
  id            bigint generated always as identity primary key,
  root          text not null,
  deliverable   text not null,
  multiplier    int not null,
  provider_root text,
  approved_by   text not null,
  approved_at   timestamptz not null,
  reason        text not null
);
create index contract_approval_root on contract_approval (root, id);
