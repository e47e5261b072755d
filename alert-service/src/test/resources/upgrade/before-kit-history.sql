-- The schema of alert as the release before the kit had a history of its own left it: its migrations as they were applied, and the
-- history that says so, with the checksums of that release.

-- V1__alerts.sql
-- A signal is raised once and stands until it is cleared; at most one stands per fingerprint.
create table signal (
  id           bigint generated always as identity primary key,
  kind         text not null,
  currency     text,
  severity     text not null,
  text         text not null,
  inputs       text not null,
  fingerprint  text not null,
  raised_at    timestamptz not null,
  last_seen_at timestamptz not null,
  cleared_at   timestamptz
);
create unique index signal_standing on signal (fingerprint) where cleared_at is null;

-- The outbox and the delivery ledger in one: a message is written before it is sent, and its end after.
create table dispatch (
  id           bigint generated always as identity primary key,
  requested_by text not null,
  note         text,
  message      text not null,
  status       text not null,
  error        text,
  created_at   timestamptz not null,
  finished_at  timestamptz
);
comment on column dispatch.status is 'sending, delivered, failed (Slack''s own word in error) or unknown (sent, but no answer came)';

create table dispatch_signal (
  dispatch_id bigint not null references dispatch,
  signal_id   bigint not null references signal,
  fingerprint text not null,
  primary key (dispatch_id, signal_id)
);
create index dispatch_signal_fingerprint on dispatch_signal (fingerprint);

create table silence (
  id         bigint generated always as identity primary key,
  kind       text not null,
  currency   text,
  author     text not null,
  reason     text not null,
  created_at timestamptz not null,
  until      timestamptz not null
);

create table run_lock_holder (
  lock_key text primary key,
  holder   text not null,
  since    timestamptz not null
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
(1, '1', 'alerts', 'SQL', 'V1__alerts.sql', -1316690457, 'alert', '2026-11-25 04:00:00', 10, true);

-- What was going on when that release was stopped.
insert into dispatch (requested_by, message, status, created_at) values ('ann@desk', '{}', 'sending', now() - interval '2 minutes');
