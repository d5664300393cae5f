-- Web servers keep the shop's public pages ready. What such a page shows tells them by NOTIFY on
-- 'shop' when it changes: the id of a listing, 'ledger' for a new seal, '' for what any page may show.
-- PostgreSQL commits transactions with a NOTIFY one at a time, so an order must not send one: of
-- stock only "sold out" and "there again" are told, never how much is left.
create function tell_shop() returns trigger language plpgsql as $$
begin
  perform pg_notify('shop', tg_argv[0]);
  return null;
end $$;

create function tell_shop_of_listing() returns trigger language plpgsql as $$
begin
  -- A draft is on no page.
  if tg_op = 'INSERT' and new.status = 'draft' then return null; end if;
  if tg_op = 'UPDATE' and new.status = 'draft' and old.status = 'draft' then return null; end if;
  perform pg_notify('shop', coalesce(new.id, old.id)::text);
  return null;
end $$;

create function tell_shop_of_part() returns trigger language plpgsql as $$
begin
  perform pg_notify('shop', coalesce(new.listing_id, old.listing_id)::text);
  return null;
end $$;

create function tell_shop_of_photo() returns trigger language plpgsql as $$
begin
  perform pg_notify('shop', listing_id::text) from listing_photos where photo_id = new.id;
  return null;
end $$;

create trigger listings_tell_shop after insert or update or delete on listings
  for each row execute function tell_shop_of_listing();
create trigger lots_tell_shop after insert or delete on lots
  for each row execute function tell_shop_of_part();
create trigger lots_gone_tell_shop after update on lots
  for each row when (
    (old.available = 0) <> (new.available = 0)
    or (old.listing_id, old.household_id, old.harvested_on)
      is distinct from (new.listing_id, new.household_id, new.harvested_on)
  )
  execute function tell_shop_of_part();
create trigger listing_photos_tell_shop after insert or update or delete on listing_photos
  for each row execute function tell_shop_of_part();
create trigger photos_tell_shop after update on photos
  for each row when (
    (old.state, old.variants, old.placeholder, old.width, old.height)
      is distinct from (new.state, new.variants, new.placeholder, new.width, new.height)
  )
  execute function tell_shop_of_photo();

create trigger cooperatives_tell_shop after insert or update or delete on cooperatives
  for each statement execute function tell_shop('');
create trigger regions_tell_shop after insert or update or delete on regions
  for each statement execute function tell_shop('');
create trigger categories_tell_shop after insert or update or delete on categories
  for each statement execute function tell_shop('');
create trigger households_tell_shop after update of alias_zh, alias_en on households
  for each statement execute function tell_shop('');
create trigger ledger_seals_tell_shop after insert on ledger_seals
  for each statement execute function tell_shop('ledger');
