-- Tables by which a cooperative changes many listings at once.

-- What was understood of a file is kept, so that what was looked at is what is taken. What is taken
-- already of a file stands in outcome, line by line in the file's order: a worker that was killed
-- goes on behind it.
create table imports (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  kind text not null check (kind in ('lots', 'prices', 'listings')),
  client_key text not null check (length(client_key) between 1 and 100),
  uploaded_by_user_id text not null,
  rows jsonb not null check (jsonb_typeof(rows) = 'array'),
  is_whole boolean,
  started_by_user_id text,
  started_at timestamptz,
  outcome jsonb not null default '[]' check (jsonb_typeof(outcome) = 'array'),
  ending text check (ending in ('taken', 'refused', 'stopped')),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (cooperative_id, client_key),
  check ((started_at is null) = (is_whole is null)
    and (started_at is null) = (started_by_user_id is null)),
  check ((ended_at is null) = (ending is null)),
  check (ended_at is null or started_at is not null)
);
create index imports_cooperative on imports (cooperative_id, id);
comment on column imports.is_whole is 'All lines or none; else every line that is right by itself.';
comment on table imports is
  'Private: which stock and prices a cooperative changes, of which households. No names, no phones.';
revoke update, delete on imports from tianji_app;
grant update (is_whole, started_by_user_id, started_at, outcome, ending, ended_at)
  on imports to tianji_app;
