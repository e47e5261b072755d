-- The local cache of Alpha's executions and all that tells how it came to be.

create sequence change_seq;

-- One row per execution: its current version. Equal content is never rewritten.
create table execution (
  source          text not null,
  source_trade_id text not null,
  version         int not null,
  portfolio       text not null,
  status          text not null,
  recon_status    text not null,
  symbol          text not null,
  underlying      text not null,
  expiry          date not null,
  option_right    text not null,
  strike          numeric not null,
  side            text not null,
  quantity        numeric not null,
  price           numeric not null,
  multiplier      int not null,
  fees_usd        numeric,
  premium_usd     numeric not null,
  executed_at     timestamptz,
  updated_at      timestamptz not null,
  settle_date     date,
  raw             text not null,
  change_seq      bigint not null,
  changed_by_run  bigint not null,
  primary key (source, source_trade_id)
);
create unique index execution_change_seq on execution (change_seq);
create index execution_executed_at on execution (executed_at desc nulls last, source_trade_id);

comment on column execution.price is 'average fill, USD per share';
comment on column execution.quantity is 'contracts, positive';
comment on column execution.premium_usd is 'quantity x price x multiplier, unsigned, exact';
comment on column execution.change_seq is 'rises with every change; assigned under the merge lock, so commits appear in its order';

-- The versions that later ones replaced.
create table execution_history (
  source          text not null,
  source_trade_id text not null,
  version         int not null,
  updated_at      timestamptz not null,
  quantity        numeric not null,
  price           numeric not null,
  status          text not null,
  raw             text not null,
  change_seq      bigint not null,
  replaced_by_run bigint not null,
  replaced_at     timestamptz not null,
  primary key (source, source_trade_id, change_seq)
);

create table internal_trade_sync_state (
  source                  text not null,
  scope_key               text not null,
  watermark_updated_at    timestamptz,
  watermark_trade_id      text,
  last_successful_sync_at timestamptz,
  last_error              text,
  last_error_at           timestamptz,
  last_run_summary        text,
  primary key (source, scope_key)
);

create table sync_run (
  id           bigint generated always as identity primary key,
  source       text not null,
  scope_key    text not null,
  kind         text not null,
  requested_by text not null,
  status       text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz,
  summary      text,
  error        text
);

create table rejected_execution (
  id              bigint generated always as identity primary key,
  source          text not null,
  source_trade_id text,
  field           text not null,
  reason          text not null,
  raw             text not null,
  raw_md5         text not null,
  first_run       bigint not null,
  first_seen_at   timestamptz not null,
  resolved_at     timestamptz,
  resolved_by_run bigint
);
create unique index rejected_execution_open on rejected_execution (source, raw_md5) where resolved_at is null;

-- Enrichment a committed sync still owes to analytics.
create table enrichment_owed (
  run_id           bigint primary key,
  source           text not null,
  after_change_seq bigint not null,
  upto_change_seq  bigint not null,
  created_at       timestamptz not null,
  attempts         int not null default 0,
  last_error       text,
  done_at          timestamptz,
  summary          text
);

create table run_lock_holder (
  lock_key text primary key,
  holder   text not null,
  since    timestamptz not null
);
