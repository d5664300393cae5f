-- Order cycles: an offer that is sold from one moment to another, and what of it is brought where and
-- when in each village afterwards.

create table order_cycles (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  client_key text not null check (length(client_key) between 1 and 100),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  collects_on date not null,
  ships_on date not null,
  tells_idle boolean not null default false,
  revision integer not null default 1,
  shop_told text not null default 'planned' check (shop_told in ('planned', 'open', 'closed')),
  called_off_at timestamptz,
  planned_by text not null,
  created_at timestamptz not null default now(),
  unique (cooperative_id, client_key),
  check (opens_at < closes_at),
  check (collects_on >= (closes_at at time zone 'Asia/Shanghai')::date),
  check (ships_on >= collects_on)
);
comment on column order_cycles.shop_told is
  'the last of its states that the shop''s pages and search were brought up to date for';
comment on column order_cycles.tells_idle is
  'whether households that sold nothing in it are told that there is nothing to bring';
create index order_cycles_cooperative on order_cycles (cooperative_id, closes_at desc, id);
create index order_cycles_turning on order_cycles (opens_at)
  where called_off_at is null and shop_told <> 'closed';
create index order_cycles_collecting on order_cycles (collects_on) where called_off_at is null;
revoke delete on order_cycles from tianji_app;

-- Where a village brings what it sold. Another day than the cycle's stands here.
create table cycle_places (
  cycle_id uuid not null references order_cycles (id),
  region_code text not null references regions (code),
  village_zh text not null,
  place text not null check (length(place) between 1 and 60),
  collects_on date,
  from_minute integer not null check (from_minute between 0 and 1410),
  until_minute integer not null check (until_minute between 30 and 1440),
  created_at timestamptz not null default now(),
  primary key (cycle_id, region_code, village_zh),
  check (from_minute < until_minute)
);

-- btree_gist is not everywhere; a range of one uuid is compared by what every PostgreSQL has.
create type uuid_range as range (subtype = uuid);

-- A listing is in one cycle at a time, whoever plans: its times stand here once more for that.
create table cycle_listings (
  cycle_id uuid not null references order_cycles (id),
  listing_id uuid not null references listings (id),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  is_off boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (cycle_id, listing_id),
  check (opens_at < closes_at),
  constraint cycles_of_a_listing_stay_apart exclude using gist (
    uuid_range(listing_id, listing_id, '[]') with &&, tstzrange(opens_at, closes_at) with &&)
    where (not is_off)
);
create index cycle_listings_window on cycle_listings (listing_id, closes_at) where not is_off;
comment on column cycle_listings.is_off is 'its cycle was called off';

-- Whether a listing is for sale in its cycles alone. It stays so after the last of them, until its
-- cooperative says otherwise: goods must not slip back on sale because a cycle ended.
alter table listings add column sold_in_cycles boolean not null default false;

alter table order_lines add column cycle_id uuid references order_cycles (id);
create index order_lines_cycle on order_lines (cycle_id) where cycle_id is not null;
comment on column order_lines.cycle_id is 'the cycle that was open when it was ordered';

-- What a household was told to bring, each time: the next message says what is another since.
create table collection_notes (
  id uuid primary key,
  cycle_id uuid not null references order_cycles (id),
  household_id uuid not null references households (id),
  turn integer not null check (turn > 0),
  goods jsonb not null check (jsonb_typeof(goods) = 'array'),
  place text not null,
  collects_on date not null,
  from_minute integer not null,
  until_minute integer not null,
  told_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (cycle_id, household_id, turn)
);
create index collection_notes_household on collection_notes (household_id, cycle_id);
revoke update, delete on collection_notes from tianji_app;
