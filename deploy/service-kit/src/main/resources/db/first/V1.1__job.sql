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
