-- Operators' sessions. The id is a digest of the id token, which is kept nowhere but in its owner's browser.
create table session (
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  -- who, as the services' ledgers and an audit of admin actions name the same person
  actor text not null,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at timestamptz
);
create index session_expires_at on session (expires_at);
