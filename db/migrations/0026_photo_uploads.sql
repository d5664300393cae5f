-- A photo that a phone sends in pieces over a weak line. The pieces lie in a file that is named by
-- the id and is gone when the photo is whole; here stands whose it is and what became of it.
-- The key is made in the phone; the household is part of it, so that nobody can meet another's.
create table photo_uploads (
  household_id uuid not null references households (id),
  key uuid not null,
  id uuid not null unique,
  length integer not null check (length > 0),
  draft_id uuid,
  photo_id uuid references photos (id),
  refused_reason text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (household_id, key),
  check (photo_id is null or refused_reason is null)
);
create index photo_uploads_expires on photo_uploads (expires_at);
