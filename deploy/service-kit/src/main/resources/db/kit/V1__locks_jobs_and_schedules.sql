-- The kit's own tables, in a history of their own (flyway_kit_history). The first two stand already in a schema whose service
-- made them in its history: V1 and V1.1 there are as they were.
create table if not exists run_lock_holder (
  lock_key text primary key,
  holder   text not null,
  since    timestamptz not null
);

create table if not exists job (
  id               text primary key,
  kind             text not null,
  requested_by     text not null,
  request          text not null,
  status           text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  created_at       timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  attempts         int not null default 0,
  step             text,
  done             bigint,
  total            bigint,
  cancel_requested boolean not null default false,
  result           text,
  problem          text
);
create index if not exists job_open on job (created_at, id) where status in ('queued', 'running');
create index job_latest on job (created_at desc, id desc);

-- Who runs a job is known by the queue alone, in db-scheduler's columns.
create table job_queue (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index job_queue_due on job_queue (execution_time);
create index job_queue_heartbeat on job_queue (last_heartbeat);

create table recurring_task (like job_queue including all);

-- What an instance of an earlier version was running has lost its runner: it is taken up again.
insert into job_queue (task_name, task_instance, execution_time, picked, version)
select kind, id, now(), false, 1 from job where status in ('queued', 'running');
update job set status = 'queued' where status = 'running';
alter table job drop column if exists runner, drop column if exists heartbeat_at;
alter table job add column waits_for text;
comment on column job.waits_for is 'why it was put back and is tried again later; null otherwise';
