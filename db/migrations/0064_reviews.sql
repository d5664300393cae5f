-- What buyers say of the lines that came: their photos, the cooperative's answers, what readers
-- report, and the sums that averages are made of. Nothing has been written into reviews before.
alter table reviews
  add column listing_id uuid not null references listings (id),
  add column cooperative_id uuid not null references cooperatives (id),
  add column place_code text references regions (code),
  add column version integer not null default 1 check (version > 0),
  add column kept_version integer,
  add column edited_at timestamptz;
comment on column reviews.place_code is
  'The city that the parcel went to, a province where there is none: all that is shown of the buyer.';
comment on column reviews.kept_version is
  'The version that the operator has looked at and kept: who reports it again puts it on no list.';
-- Ids are made of the time: the newest has the largest.
create index reviews_listing on reviews (listing_id, id desc) where state = 'shown';
create index reviews_cooperative on reviews (cooperative_id, id desc) where state = 'shown';

create table review_households (
  review_id uuid not null references reviews (id),
  household_id uuid not null references households (id),
  created_at timestamptz not null default now(),
  primary key (review_id, household_id)
);

create table review_photos (
  review_id uuid not null references reviews (id),
  photo_id uuid not null references photos (id),
  position smallint not null check (position between 0 and 2),
  created_at timestamptz not null default now(),
  primary key (review_id, position),
  unique (review_id, photo_id)
);
create index review_photos_photo on review_photos (photo_id);

create table review_answers (
  review_id uuid primary key references reviews (id),
  body text not null check (length(body) between 1 and 1000),
  answered_by text not null,
  version integer not null default 1 check (version > 0),
  edited_at timestamptz,
  created_at timestamptz not null default now()
);

create table review_reports (
  id uuid primary key,
  review_id uuid not null references reviews (id),
  reporter text not null check (reporter ~ '^[0-9a-f]{64}$'),
  reason text not null check (reason in ('contact', 'abuse', 'private', 'off-topic', 'other')),
  review_version integer not null,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  unique (review_id, reporter)
);
comment on column review_reports.reporter is 'A hash: who reports is nobody''s business.';
create index review_reports_open on review_reports (review_id) where decided_at is null;

create table review_sums (
  kind text not null check (kind in ('listing', 'cooperative', 'household')),
  id uuid not null,
  shown integer not null default 0,
  stars integer not null default 0,
  created_at timestamptz not null default now(),
  primary key (kind, id),
  constraint review_sum_adds_up check (shown >= 0 and stars between shown and 5 * shown)
) with (fillfactor = 70);
comment on table review_sums is
  'How many reviews are shown and their stars in all, of each listing, cooperative and household.';

-- A review is of goods that have come, and says nothing else of them than the line does.
create function check_review() returns trigger language plpgsql as $$
begin
  if not exists (
    select from order_lines l join parcels p on p.id = l.parcel_id
    where l.id = new.order_line_id and p.status = 'delivered'
      and (l.listing_id, l.cooperative_id) = (new.listing_id, new.cooperative_id)
  ) then
    raise exception 'a review must be of a delivered line' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger reviews_of_delivered before insert or update of order_line_id, listing_id, cooperative_id
  on reviews for each row execute function check_review();

create function add_to_review_sum(of_kind text, of_id uuid, more integer, more_stars integer)
returns void language plpgsql as $$
begin
  insert into review_sums (kind, id) values (of_kind, of_id) on conflict do nothing;
  update review_sums set shown = shown + more, stars = stars + more_stars
    where kind = of_kind and id = of_id;
end $$;

-- The sums change with their reviews and in no other way. The listing's row comes first, then the
-- cooperative's, then the households' by id: two that meet wait for each other and do not deadlock.
create function sum_reviews() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  more integer := (new.state = 'shown')::integer;
  more_stars integer := new.stars * (new.state = 'shown')::integer;
  home uuid;
begin
  if tg_op = 'INSERT' then
    insert into review_households (review_id, household_id)
      select distinct new.id, t.household_id from allocations a join lots t on t.id = a.lot_id
      where a.order_line_id = new.order_line_id and a.state <> 'released';
  else
    more := more - (old.state = 'shown')::integer;
    more_stars := more_stars - old.stars * (old.state = 'shown')::integer;
  end if;
  if more = 0 and more_stars = 0 then return null; end if;
  perform add_to_review_sum('listing', new.listing_id, more, more_stars);
  perform add_to_review_sum('cooperative', new.cooperative_id, more, more_stars);
  for home in select household_id from review_households where review_id = new.id order by 1 loop
    perform add_to_review_sum('household', home, more, more_stars);
  end loop;
  return null;
end $$;
create trigger reviews_sum after insert or update of stars, state on reviews
  for each row execute function sum_reviews();

-- The listing's page goes with every change of what it shows of reviews (0055).
create trigger reviews_tell_shop after insert on reviews
  for each row execute function tell_shop_of_part();
create trigger changed_reviews_tell_shop after update on reviews
  for each row when ((old.state, old.version) is distinct from (new.state, new.version))
  execute function tell_shop_of_part();

create function tell_shop_of_answer() returns trigger language plpgsql as $$
begin
  perform pg_notify('shop', listing_id::text) from reviews
    where id = new.review_id and state = 'shown';
  return null;
end $$;
create trigger review_answers_tell_shop after insert or update on review_answers
  for each row execute function tell_shop_of_answer();

create function tell_shop_of_review_photo() returns trigger language plpgsql as $$
begin
  perform pg_notify('shop', r.listing_id::text)
    from review_photos s join reviews r on r.id = s.review_id
    where s.photo_id = new.id and r.state = 'shown';
  return null;
end $$;
create trigger review_photos_tell_shop after update on photos
  for each row when (old.state is distinct from new.state)
  execute function tell_shop_of_review_photo();

revoke execute on function add_to_review_sum from public;
revoke insert, update, delete on review_sums from tianji_app;
revoke delete on reviews, review_answers, review_reports from tianji_app;
revoke insert, update, delete on review_households from tianji_app;
