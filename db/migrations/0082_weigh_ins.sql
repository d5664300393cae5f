-- What households bring to their cooperative's scale, and the number on the card by which the scale
-- knows them.

-- Eight digits, the last made of the others (Luhn): a slip of the finger is found in the phone, without
-- a signal. Drawn by chance and made of nothing: no register code can be read out of a lost card.
create function new_intake_code() returns text language plpgsql volatile as $$
declare
  digits text;
  total integer;
begin
  loop
    digits := lpad(floor(random() * 10000000)::integer::text, 7, '0');
    select sum(case when d.n % 2 = 0 then d.digit
        when d.digit * 2 > 9 then d.digit * 2 - 9 else d.digit * 2 end)
      into total
      from (select n, substr(digits, n, 1)::integer as digit from generate_series(1, 7) n) d;
    digits := digits || ((10 - total % 10) % 10)::text;
    exit when not exists (select from households where intake_code = digits);
  end loop;
  return digits;
end $$;

alter table households add column intake_code text
  check (intake_code ~ '^\d{8}$');
do $$
declare
  home uuid;
begin
  for home in select id from households loop
    update households set intake_code = new_intake_code() where id = home;
  end loop;
end $$;
alter table households
  alter column intake_code set default new_intake_code(),
  alter column intake_code set not null;
create unique index households_intake_code on households (intake_code);
comment on column households.intake_code is
  'What the card for the scale holds. It opens nothing: only its own cooperative''s members can ask who it is.';

create table weigh_in_photos (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  uploaded_by text not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{32,64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  created_at timestamptz not null default now(),
  unique (cooperative_id, uploaded_by, content_hash)
);
comment on table weigh_in_photos is
  'Private: of the goods on the scale, for the household and its cooperative.';

-- Written once: what was weighed wrongly is corrected by another row, which stands in its place.
create table weigh_ins (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  household_id uuid not null references households (id),
  listing_id uuid references listings (id),
  category_code text not null references categories (code),
  grade text not null check (grade in ('premium', 'first', 'second', 'ungraded')),
  gross_grams integer not null check (gross_grams between 0 and 5000000),
  tare_grams integer not null check (tare_grams between 0 and 5000000),
  net_grams integer generated always as (gross_grams - tare_grams) stored,
  photo_id uuid references weigh_in_photos (id),
  units_in integer not null default 0,
  unit_grams integer check (unit_grams > 0),
  corrects_id uuid unique,
  reason text check (reason in ('misread', 'wrong-household', 'wrong-crop', 'taken-back', 'other')),
  client_key text not null check (length(client_key) between 1 and 100),
  weighed_by text not null,
  weighed_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (cooperative_id, weighed_by, client_key),
  unique (id, cooperative_id, household_id, category_code, grade),
  -- A correction is of the same household's, of the same produce.
  foreign key (corrects_id, cooperative_id, household_id, category_code, grade)
    references weigh_ins (id, cooperative_id, household_id, category_code, grade),
  check ((corrects_id is null) = (reason is null)),
  constraint weighs_something check (tare_grams < gross_grams
    or corrects_id is not null and gross_grams = 0 and tare_grams = 0),
  check (units_in = 0 or (listing_id is not null and unit_grams is not null))
);
create index weigh_ins_day on weigh_ins (cooperative_id, weighed_at);
create index weigh_ins_household on weigh_ins (household_id, weighed_at);
create index weigh_ins_listing on weigh_ins (listing_id, household_id) where listing_id is not null;
comment on column weigh_ins.units_in is
  'Whole sale units that it brought into a pooled listing; fewer than none where a correction took some out.';
comment on column weigh_ins.unit_grams is 'Grams of one sale unit of the pooled listing, then.';
comment on column weigh_ins.corrects_id is
  'The row in whose place this one stands; nothing weighed (0) takes it back.';
create trigger weigh_ins_written_once before update or delete on weigh_ins
  for each row execute function ledger_is_written_once();
revoke update, delete on weigh_ins from tianji_app;
revoke update, delete on weigh_in_photos from tianji_app;

-- Weigh-ins that a household has not been told of yet.
create table untold_weigh_ins (
  weigh_in_id uuid primary key references weigh_ins (id),
  household_id uuid not null references households (id),
  created_at timestamptz not null default now()
);
create index untold_weigh_ins_household on untold_weigh_ins (household_id, created_at);
