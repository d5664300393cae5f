-- The keys of the forms that put an item into a cart: the same form sent again adds nothing.
alter table cart_items
  add column added_keys text[] not null default '{}' check (cardinality(added_keys) <= 20);
