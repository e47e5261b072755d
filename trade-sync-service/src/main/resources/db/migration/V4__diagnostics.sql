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
