-- Regions, cooperatives, households and their relief accounts.
-- Ids are UUIDv7 made in the app, money is whole fen, weights whole grams, times UTC.

create extension if not exists pg_trgm;

create table regions (
  code text primary key check (code ~ '^\d{6}(\d{3})?$'),
  parent_code text references regions (code),
  level smallint not null check (level between 1 and 4),
  name_zh text not null,
  name_en text not null,
  created_at timestamptz not null default now()
);
create index regions_parent on regions (parent_code, code);

create table cooperatives (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,40}$'),
  region_code text not null references regions (code),
  name_zh text not null,
  name_en text not null,
  fee_basis_points integer not null check (fee_basis_points between 0 and 3000),
  freight_first_grams integer not null check (freight_first_grams > 0),
  freight_first_fen bigint not null check (freight_first_fen >= 0),
  freight_added_grams integer not null check (freight_added_grams > 0),
  freight_added_fen bigint not null check (freight_added_fen >= 0),
  freight_remote_fen bigint not null default 0 check (freight_remote_fen >= 0),
  created_at timestamptz not null default now()
);

create table cooperative_members (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  user_id text not null,
  role text not null check (role in ('manager', 'packer', 'bookkeeper')),
  created_at timestamptz not null default now(),
  unique (cooperative_id, user_id)
);
create index cooperative_members_user on cooperative_members (user_id);

create table households (
  id uuid primary key,
  register_code text not null unique,
  head_name text not null,
  village_zh text not null,
  village_en text not null,
  region_code text not null references regions (code),
  cooperative_id uuid not null references cooperatives (id),
  alias_zh text not null unique,
  alias_en text not null unique,
  poverty_cause text,
  poverty_status text not null default 'registered'
    check (poverty_status in ('registered', 'out-of-poverty', 'monitored')),
  bank_account_name text,
  bank_account_number text,
  bank_name text,
  created_at timestamptz not null default now()
);
create index households_cooperative on households (cooperative_id);
create index households_region on households (region_code text_pattern_ops);
comment on table households is
  'Private: only alias and village may reach the public. Register code, head, cause, status and bank never do.';

create table household_members (
  id uuid primary key,
  household_id uuid not null references households (id),
  user_id text not null unique,
  created_at timestamptz not null default now()
);
create index household_members_household on household_members (household_id);

create table officers (
  id uuid primary key,
  user_id text not null unique,
  region_code text not null references regions (code),
  created_at timestamptz not null default now()
);

create table operators (
  id uuid primary key,
  user_id text not null unique,
  created_at timestamptz not null default now()
);

create table programmes (
  id uuid primary key,
  code text not null unique,
  name_zh text not null,
  name_en text not null,
  created_at timestamptz not null default now()
);
