-- The schema of trade_sync as the release before the kit had a history of its own left it: its migrations as they were applied, and the
-- history that says so, with the checksums of that release.

-- V1__execution_sync.sql
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

-- V1.1__job.sql
-- Long work that is followed instead of waited for; it outlives the instance that runs it.
create table job (
  id               text primary key,
  kind             text not null,
  requested_by     text not null,
  request          text not null,
  status           text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  created_at       timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  runner           text,
  heartbeat_at     timestamptz,
  attempts         int not null default 0,
  step             text,
  done             bigint,
  total            bigint,
  cancel_requested boolean not null default false,
  result           text,
  problem          text
);
create index job_open on job (created_at, id) where status in ('queued', 'running');

-- V2__trade_list_order.sql
-- The order of the trade list as it is asked for, so that its first page does not sort the whole cache.
drop index execution_executed_at;
create index execution_executed_at on execution (coalesce(executed_at, 'epoch'::timestamptz) desc, source_trade_id desc);

-- V3__intake.sql
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

-- V4__diagnostics.sql
-- Full-scope diagnostics as they were taken, and each break with its age, owner and reason.

create table diagnostic (
  id         bigint generated always as identity primary key,
  run_id     bigint not null unique,
  source     text not null,
  scope_key  text not null,
  taken_at   timestamptz not null,
  clean      boolean not null,
  rows       bigint not null,
  fields     text not null,
  portfolios text not null
);
create index diagnostic_scope on diagnostic (source, scope_key, id);

create table diagnostic_break (
  id              bigint generated always as identity primary key,
  source          text not null,
  scope_key       text not null,
  kind            text not null,
  source_trade_id text not null,
  portfolio       text,
  field           text not null,
  source_value    text,
  local_value     text,
  first_run       bigint not null,
  first_seen_at   timestamptz not null,
  last_run        bigint not null,
  last_seen_at    timestamptz not null,
  resolved_at     timestamptz,
  resolution      text,
  owner           text,
  reason_code     text,
  note            text,
  acknowledged_by text,
  acknowledged_at timestamptz
);
create unique index diagnostic_break_open on diagnostic_break (source, scope_key, kind, source_trade_id, field)
  where resolved_at is null;
comment on column diagnostic_break.kind is
  'unmatched_source, unmatched_local, mismatched, premium_disagrees, recon_break, portfolio';
comment on column diagnostic_break.resolution is 'gone, synced, retired';

-- Why the scheduled sync of a scope waits for somebody.
create table sync_hold (
  source    text not null,
  scope_key text not null,
  run_id    bigint,
  reason    text not null,
  since     timestamptz not null,
  primary key (source, scope_key)
);

create table flyway_schema_history (
  installed_rank int not null constraint flyway_schema_history_pk primary key,
  version        varchar(50),
  description    varchar(200) not null,
  type           varchar(20) not null,
  script         varchar(1000) not null,
  checksum       int,
  installed_by   varchar(100) not null,
  installed_on   timestamp not null default now(),
  execution_time int not null,
  success        boolean not null
);
create index flyway_schema_history_s_idx on flyway_schema_history (success);
insert into flyway_schema_history values
(1, '1', 'execution sync', 'SQL', 'V1__execution_sync.sql', -1504250206, 'trade_sync', '2026-11-25 04:00:00', 10, true),
(2, '1.1', 'job', 'SQL', 'V1.1__job.sql', 1639488580, 'trade_sync', '2026-11-25 04:00:00', 10, true),
(3, '2', 'trade list order', 'SQL', 'V2__trade_list_order.sql', -1011699121, 'trade_sync', '2026-11-25 04:00:00', 10, true),
(4, '3', 'intake', 'SQL', 'V3__intake.sql', 1940211161, 'trade_sync', '2026-11-25 04:00:00', 10, true),
(5, '4', 'diagnostics', 'SQL', 'V4__diagnostics.sql', -1932439672, 'trade_sync', '2026-11-25 04:00:00', 10, true);

-- What was going on when that release was stopped.
insert into job (id, kind, requested_by, request, status, created_at, started_at, runner, heartbeat_at, attempts, step) values
  ('trade-sync-running', 'trade_sync', 'ann@desk', '{"dry_run":false}', 'running', now() - interval '2 minutes',
   now() - interval '2 minutes', 'gone', now() - interval '1 minute', 1, 'walk');
insert into job (id, kind, requested_by, request, status, created_at) values
  ('trade-sync-queued', 'trade_sync', 'ann@desk', '{"source":"alpha_sync"}', 'queued', now() - interval '1 minute');
insert into job (id, kind, requested_by, request, status, created_at, started_at, finished_at, attempts, result) values
  ('trade-sync-done', 'trade_sync', 'ann@desk', '{}', 'done', now() - interval '1 day', now() - interval '1 day',
   now() - interval '1 day', 1, '{"status":"ok"}');
insert into sync_run (source, scope_key, kind, requested_by, status, started_at) values
  ('alpha_sync', 'portfolio_names=ICOI,IMST|include_pending=false', 'sync', 'ann@desk', 'running', now() - interval '2 minutes');
