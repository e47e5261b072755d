-- A schema and a role per service; each role reaches its own schema and nothing else.
-- ${password} placeholders are filled by the caller: deploy/local and the tests in Java, Cloud SQL by envsubst.
-- Safe to run again: it creates what is missing and sets the passwords anew.
do $$
declare
  service text;
begin
  foreach service in array array['trade_sync', 'analytics', 'snapshot', 'alert', 'gateway'] loop
    if not exists (select from pg_roles where rolname = service) then
      execute format('create role %I login', service);
    end if;
  end loop;
end
$$;
alter role trade_sync password '${trade_sync_password}';
alter role analytics password '${analytics_password}';
alter role snapshot password '${snapshot_password}';
alter role alert password '${alert_password}';
alter role gateway password '${gateway_password}';

grant trade_sync, analytics, snapshot, alert, gateway to current_user;
create schema if not exists trade_sync authorization trade_sync;
create schema if not exists analytics authorization analytics;
create schema if not exists snapshot authorization snapshot;
create schema if not exists alert authorization alert;
create schema if not exists gateway authorization gateway;

alter role trade_sync set search_path = trade_sync;
alter role analytics set search_path = analytics;
alter role snapshot set search_path = snapshot;
alter role alert set search_path = alert;
alter role gateway set search_path = gateway;
-- a sync stages its source in temporary tables
alter role trade_sync set temp_buffers = '128MB';
revoke all on schema public from public;
