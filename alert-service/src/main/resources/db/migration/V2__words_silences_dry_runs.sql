-- The words of the field: a signal fires and is resolved.
alter table signal rename column raised_at to fired_at;
alter table signal rename column cleared_at to resolved_at;
alter index signal_standing rename to signal_firing;

-- A silence can be lifted, and who did it stays. One of a kind or a currency there never was kept nothing silent; one without end
-- ends 90 days after it was made.
delete from silence where kind not in (
    'term_inversion', 'vrp_negative', 'iv_rv_gap', 'dvol_jump', 'gamma_flip_crossed', 'near_level', 'risk_reversal_extreme',
    'gex_extreme', 'snapshot_health', 'density_degraded', 'sync_overdue', 'sync_alarm', 'enrichment_partial', 'data_quality')
  or currency not in ('BTC', 'ETH', 'SOL');
update silence set until = created_at + interval '90 days' where until > created_at + interval '90 days';
alter table silence add column lifted_at timestamptz;
alter table silence add column lifted_by text;

-- What a dry run showed: a dispatch that names it sends exactly these signals with these words, or nothing.
create table dry_run (
  id           bigint generated always as identity primary key,
  requested_by text not null,
  note         text,
  created_at   timestamptz not null
);
create table dry_run_signal (
  dry_run_id  bigint not null references dry_run on delete cascade,
  signal_id   bigint not null references signal,
  fingerprint text not null,
  severity    text not null,
  text        text not null,
  primary key (dry_run_id, signal_id)
);
comment on table dry_run_signal is 'the signals that would have been sent; those silenced or delivered already are not among them';
alter table dispatch add column dry_run_id bigint unique references dry_run;
