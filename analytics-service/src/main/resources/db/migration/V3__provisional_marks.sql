-- A mark that was made before the window around its target had closed: a nearer quote may have come since.
alter table outcome_mark add column provisional boolean not null default false;
