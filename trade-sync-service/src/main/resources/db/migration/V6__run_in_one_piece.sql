-- A bad row knows whose it is, so that the walk that covers it closes it.
alter table rejected_execution
  add column portfolio text,
  add column status text;
comment on column rejected_execution.portfolio is 'as the row itself says it; null where that cannot be read';
comment on column rejected_execution.status is 'in our words; null where that cannot be read';

-- What a preview would have written and what it could not mend: the run that stands on it is held to both.
create table preview_write (
  run_id          bigint not null,
  source_trade_id text not null,
  digest          text not null
);
create index preview_write_run on preview_write (run_id);
create table preview_exception (
  run_id bigint not null,
  place  int not null,
  name   text not null,
  kind   text not null,
  reason text not null,
  primary key (run_id, place)
);

alter table diagnostic add column cut_kinds text not null default '[]';
comment on column diagnostic.cut_kinds is 'kinds of breaks of which no more are listed, though there may be more';
