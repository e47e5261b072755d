-- A backfill's tasks are worked off by db-scheduler: one piece of the queue for each date and currency.
create table backfill_queue (
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
create index backfill_queue_due on backfill_queue (execution_time);
create index backfill_queue_heartbeat on backfill_queue (last_heartbeat);

alter table backfill_task add column attempts int not null default 0;
comment on column backfill_task.detail is 'why it has nothing or failed; of a task that waits, why it is tried again';

insert into backfill_queue (task_name, task_instance, execution_time, picked, version)
select distinct 'capture', t.job_id || '/' || t.target_date || '/' || t.currency, now(), false, 1
from backfill_task t join backfill_job j on j.id = t.job_id
where t.status = 'waiting' and j.paused_at is null;

create index snapshot_run_open on snapshot_run (id) where status = 'running';
