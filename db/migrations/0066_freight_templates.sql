-- A cooperative's shipping template: to some provinces by other prices, which ones pay a surcharge
-- for being remote, from what amount of goods on carrying them costs nothing, and where it does not
-- send at all. Provinces are the first two digits of GB/T 2260. What an order has cost stands in its
-- parcels: no change here reaches it.

create function is_freight_groups(groups jsonb) returns boolean
language sql immutable parallel safe as $$
  select jsonb_typeof(groups) = 'array' and not exists (
    select from jsonb_array_elements(groups) g
    where (g ->> 'firstGrams')::bigint is null or (g ->> 'firstGrams')::bigint <= 0
      or (g ->> 'addedGrams')::bigint is null or (g ->> 'addedGrams')::bigint <= 0
      or (g ->> 'firstFen')::bigint is null or (g ->> 'firstFen')::bigint < 0
      or (g ->> 'addedFen')::bigint is null or (g ->> 'addedFen')::bigint < 0
      or jsonb_typeof(g -> 'provinces') is distinct from 'array'
  ) and not exists (
    select from jsonb_array_elements(groups) g, jsonb_array_elements_text(g -> 'provinces') p
    group by p having count(*) > 1 or p !~ '^\d\d$'
  )
$$;

alter table cooperatives
  add column freight_groups jsonb not null default '[]' check (is_freight_groups(freight_groups)),
  add column freight_remote_provinces text[] not null default '{15,54,62,63,64,65}',
  add column freight_unserved_provinces text[] not null default '{}',
  add column freight_free_from_fen bigint check (freight_free_from_fen > 0),
  add column freight_revision integer not null default 0;
comment on column cooperatives.freight_groups is
  'Prices to provinces of their own: [{"provinces":["44"],"firstGrams":…,"firstFen":…,"addedGrams":…,"addedFen":…}], a province in one group at most.';
comment on column cooperatives.freight_free_from_fen is
  'From this much of its goods in one order on the price by weight falls away; a remote surcharge stays.';
comment on column cooperatives.freight_revision is
  'How often the template was changed: whoever saves what she read before another change is told so.';
