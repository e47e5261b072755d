-- A backfill is paused, by whoever cancels its job, and resumed; it is never dropped with tasks undone.
alter table backfill_job rename column cancelled_at to paused_at;
alter table backfill_job add column snapshot_types text[];
alter table backfill_job add column currencies text[];
alter table backfill_job add column from_date date;
alter table backfill_job add column to_date date;
