-- What a listing is certified for, as its cooperative has seen it on paper. A row is never changed:
-- it is taken off, and another one entered.
create table listing_certificates (
  id uuid primary key,
  listing_id uuid not null references listings (id),
  kind text not null check (kind in ('green', 'organic', 'origin', 'pledge')),
  number text not null check (number ~ '^[0-9A-Z-]{4,40}$'),
  valid_until date not null,
  entered_by text not null,
  removed_at timestamptz,
  removed_by text,
  created_at timestamptz not null default now(),
  check ((removed_at is null) = (removed_by is null))
);
comment on column listing_certificates.valid_until is
  'the last day, in Shanghai, on which it counts';
create unique index listing_certificates_one on listing_certificates (listing_id, kind)
  where removed_at is null;
create index listing_certificates_of on listing_certificates (listing_id, id);
create index listing_certificates_lapsing on listing_certificates (valid_until)
  where removed_at is null;
revoke update, delete on listing_certificates from tianji_app;
grant update (removed_at, removed_by) on listing_certificates to tianji_app;

-- The kinds that count on the day a document is made; a job makes it anew when one has lapsed.
alter table search_documents add column certificates text[] not null default '{}';
