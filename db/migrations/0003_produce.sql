-- What is offered, by whom, and its pictures.

create table categories (
  code text primary key check (code ~ '^[a-z0-9-]+$'),
  parent_code text references categories (code),
  name_zh text not null,
  name_en text not null,
  icon text not null,
  position integer not null default 0,
  created_at timestamptz not null default now()
);

create table photos (
  id uuid primary key,
  uploaded_by text not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{32,64}$'),
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'refused')),
  refused_reason text,
  width integer check (width > 0),
  height integer check (height > 0),
  variants jsonb not null default '[]',
  placeholder text check (length(placeholder) <= 400),
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  unique (uploaded_by, content_hash),
  check (state <> 'ready' or (width is not null and height is not null and placeholder is not null))
);
comment on column photos.variants is '[{"name":"<hash>-640.avif","format":"avif","width":640,"bytes":12345}]';

create table listings (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  created_by_household_id uuid references households (id),
  client_key text not null unique,
  category_code text not null references categories (code),
  title_zh text not null check (length(title_zh) between 1 and 60),
  title_en text not null default '' check (length(title_en) <= 120),
  description_zh text not null default '' check (length(description_zh) <= 2000),
  description_en text not null default '' check (length(description_en) <= 2000),
  grade text not null check (grade in ('premium', 'first', 'second', 'ungraded')),
  unit text not null check (unit in ('box-5jin', 'kg', 'bag', 'head')),
  unit_grams integer not null check (unit_grams between 1 and 1000000),
  price_fen bigint not null check (price_fen between 1 and 100000000),
  harvested_on date not null,
  village_zh text not null,
  village_en text not null,
  region_code text not null references regions (code),
  is_pooled boolean not null default false,
  status text not null default 'published' check (status in ('draft', 'published', 'paused', 'withdrawn')),
  version integer not null default 1 check (version > 0),
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index listings_newest on listings (published_at desc, id) where status = 'published';
create index listings_cooperative on listings (cooperative_id, id);
create index listings_household on listings (created_by_household_id, id);
create index listings_category on listings (category_code) where status = 'published';
create index listings_region on listings (region_code text_pattern_ops) where status = 'published';

create table listing_photos (
  listing_id uuid not null references listings (id),
  photo_id uuid not null references photos (id),
  position smallint not null check (position between 0 and 5),
  created_at timestamptz not null default now(),
  primary key (listing_id, position),
  unique (listing_id, photo_id)
);
create index listing_photos_photo on listing_photos (photo_id);

-- quantity_in is all that ever came in; where it is now adds up to it, always.
create table lots (
  id uuid primary key,
  listing_id uuid not null references listings (id),
  household_id uuid not null references households (id),
  relief_account_id uuid not null references relief_accounts (id),
  harvested_on date not null,
  quantity_in integer not null check (quantity_in > 0),
  available integer not null check (available >= 0),
  held integer not null default 0 check (held >= 0),
  sold integer not null default 0 check (sold >= 0),
  created_at timestamptz not null default now(),
  unique (listing_id, household_id, harvested_on),
  constraint lot_adds_up check (available + held + sold = quantity_in)
) with (fillfactor = 70);
create index lots_household on lots (household_id);
create index lots_listing on lots (listing_id, harvested_on, id);
