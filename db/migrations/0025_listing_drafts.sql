-- What a farmer has begun to offer: kept step by step, until it is published.
-- The id is made by the form or the phone; the household is part of the key, so that nobody can
-- meet or use up another's.
create table listing_drafts (
  household_id uuid not null references households (id),
  id uuid not null,
  fields jsonb not null default '{}' check (jsonb_typeof(fields) = 'object'
    and octet_length(fields::text) <= 20000),
  photo_ids uuid[] not null default '{}' check (cardinality(photo_ids) <= 6),
  version integer not null default 1 check (version > 0),
  copied_from uuid references listings (id),
  published_listing_id uuid references listings (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (household_id, id)
);
create index listing_drafts_open on listing_drafts (household_id, updated_at desc)
  where published_listing_id is null;
comment on column listing_drafts.fields is
  'The texts of the form as they were typed, by field name: what is no price yet is kept too.';
