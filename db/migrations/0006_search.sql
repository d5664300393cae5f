-- The search documents of PostgreSQL's engine; also what a Meilisearch reindex reads.
-- Derived data: it can be thrown away and made again by `npm run reindex`.

create table search_documents (
  listing_id uuid primary key references listings (id),
  version integer not null,
  document jsonb not null,
  terms tsvector not null,
  latin text not null default '',
  category_code text not null,
  region_code text not null,
  cooperative_id uuid not null,
  grade text not null,
  fen_per_jin bigint not null,
  in_stock boolean not null,
  published_at timestamptz not null,
  harvested_on date not null,
  created_at timestamptz not null default now()
);
create index search_documents_terms on search_documents using gin (terms);
create index search_documents_latin on search_documents using gin (latin gin_trgm_ops);
create index search_documents_newest on search_documents (published_at desc);
