-- The keys of the forms that put something into a cart stay with the cart, the newest last: what
-- was taken out or ordered meanwhile is not put in again by the same form.
alter table carts
  add column added_keys text[] not null default '{}' check (cardinality(added_keys) <= 50);

update carts set added_keys = kept.keys from (
  select cart_id, array_agg(key order by created_at, place) as keys from (
    select cart_id, listing_id || ':' || key as key, created_at, place,
      row_number() over (partition by cart_id order by created_at desc, place desc) as age
    from cart_items cross join unnest(added_keys) with ordinality as of_item (key, place)
  ) known where age <= 50 group by cart_id
) kept where kept.cart_id = carts.id;

alter table cart_items drop column added_keys;
