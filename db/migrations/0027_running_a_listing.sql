-- Running a listing: what is taken off sale, what is sold before it is harvested, and what was
-- changed when.

-- What was taken off sale again (sold elsewhere, spoiled, kept) is counted as all else is.
alter table lots add column taken_out integer not null default 0 check (taken_out >= 0);
alter table lots drop constraint lot_adds_up;
alter table lots add constraint lot_adds_up
  check (available + held + sold + taken_out = quantity_in);

-- A pre-sale: from which day it is sent, and how much of it may be promised in all.
alter table listings
  add column ships_from date,
  add column presale_limit integer check (presale_limit between 1 and 100000),
  add constraint presale_is_whole check ((ships_from is null) = (presale_limit is null));
alter table order_lines add column ships_from date;

-- The stock itself keeps the limit: whatever comes in, by whomever, is measured against it.
create function presale_keeps_its_limit() returns trigger language plpgsql as $$
declare
  most integer;
begin
  select l.presale_limit into most from listings l where l.id = new.listing_id for no key update;
  if most < (select sum(quantity_in - taken_out) from lots where listing_id = new.listing_id) then
    raise exception 'more than % promised before the harvest of listing %', most, new.listing_id
      using errcode = 'check_violation', constraint = 'presale_limit';
  end if;
  return null;
end $$;
create trigger lots_keep_presale_limit after insert or update of quantity_in, taken_out on lots
  for each row execute function presale_keeps_its_limit();

create table listing_changes (
  id uuid primary key,
  listing_id uuid not null references listings (id),
  what text not null check (what in ('title', 'titleEn', 'grade', 'unit', 'price', 'harvestedOn',
    'photos', 'shipsFrom', 'presaleLimit', 'status', 'restock', 'sell-out')),
  before text,
  after text,
  lot_id uuid references lots (id),
  quantity integer check (quantity > 0),
  reason text check (reason in ('sold-elsewhere', 'spoiled', 'kept', 'other')),
  client_key text,
  changed_by text not null,
  created_at timestamptz not null default now(),
  check ((what in ('restock', 'sell-out')) = (lot_id is not null and quantity is not null)),
  unique (client_key, lot_id)
);
create index listing_changes_listing on listing_changes (listing_id, id desc);
comment on column listing_changes.before is
  'As text: fen, a day, a word of the domain. Of a movement of stock: what was on sale.';
comment on column listing_changes.client_key is
  'Of the form that moved stock; its second sending is known by it.';
create trigger listing_changes_written_once before update or delete on listing_changes
  for each row execute function ledger_is_written_once();
revoke update, delete on listing_changes from tianji_app;

-- As in 0019, with the day from which a pre-sale is sent; and a listing whose unit or day was
-- changed since the order was planned is found out: the lines' reference to their listing waits
-- for whoever changes it, so what is read behind it is what stands.
create or replace function write_order(doc jsonb, out is_open boolean, out id uuid, out number text)
language plpgsql as $$
#variable_conflict use_column
declare
  o record;
  listing_ids uuid[] := array(
    select n.listing_id from jsonb_to_recordset(doc -> 'lines') as n (listing_id uuid));
  lot_ids uuid[] := array(
    select distinct s.lot_id from jsonb_to_recordset(doc -> 'allocations') as s (lot_id uuid));
  seen integer;
begin
  is_open := false;
  select r.* into o from jsonb_to_record(doc -> 'order') as r (id uuid, number_prefix text,
    buyer_user_id text, visitor_id text, idempotency_key text, address jsonb, locale text,
    produce_fen bigint, freight_fen bigint, total_fen bigint, expires_at timestamptz,
    created_at timestamptz, cart_id uuid);

  -- The cart before its items, as whoever adds to it or hands it over does. Each statement sees
  -- what others committed while the one before it waited.
  perform from carts c where c.id = o.cart_id for no key update;
  perform from cart_items i where i.cart_id = o.cart_id order by i.listing_id for update;
  select count(*) into seen
    from jsonb_to_recordset(doc -> 'lines')
      as n (listing_id uuid, quantity integer, unit_price_fen bigint)
    join listings l on l.id = n.listing_id and l.status = 'published'
      and l.price_fen = n.unit_price_fen
    join cart_items i on i.listing_id = n.listing_id and i.quantity = n.quantity
    where l.id = any(listing_ids) and i.cart_id = o.cart_id;
  if seen <> cardinality(listing_ids) then return; end if;

  insert into orders as made (id, number, buyer_user_id, visitor_id, idempotency_key, address,
      locale, produce_fen, freight_fen, total_fen, expires_at, created_at, updated_at)
    values (o.id, o.number_prefix || lpad((nextval('order_numbers') % 1000000)::text, 6, '0'),
      o.buyer_user_id, o.visitor_id, o.idempotency_key, o.address, o.locale, o.produce_fen,
      o.freight_fen, o.total_fen, o.expires_at, o.created_at, o.created_at)
    on conflict (idempotency_key) do nothing
    returning made.id, made.number into write_order.id, write_order.number;
  is_open := true;
  if write_order.id is null then return; end if;

  insert into parcels (id, order_id, cooperative_id, freight_fen, weight_grams)
    select r.id, o.id, r.cooperative_id, r.freight_fen, r.weight_grams
    from jsonb_to_recordset(doc -> 'parcels')
      as r (id uuid, cooperative_id uuid, freight_fen bigint, weight_grams bigint);
  insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh, title_en,
      grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen,
      ships_from)
    select n.id, o.id, n.parcel_id, n.listing_id, n.cooperative_id, n.title_zh, n.title_en,
      n.grade, n.unit, n.unit_grams, n.quantity, n.unit_price_fen, n.line_fen,
      n.fee_basis_points, n.fee_fen, n.ships_from
    from jsonb_to_recordset(doc -> 'lines') as n (id uuid, parcel_id uuid, listing_id uuid,
      cooperative_id uuid, title_zh text, title_en text, grade text, unit text,
      unit_grams integer, quantity integer, unit_price_fen bigint, line_fen bigint,
      fee_basis_points integer, fee_fen bigint, ships_from date);
  if exists (
    select from order_lines n join listings l on l.id = n.listing_id
    where n.order_id = o.id and (l.price_fen <> n.unit_price_fen or l.unit <> n.unit
      or l.unit_grams <> n.unit_grams or l.ships_from is distinct from n.ships_from)
  ) then
    raise exception 'a planned listing has changed' using errcode = 'TJ409';
  end if;
  delete from cart_items i where i.cart_id = o.cart_id and i.listing_id = any(listing_ids);
  update carts c set updated_at = clock_timestamp() where c.id = o.cart_id;
  perform queue_for_later('expire-order', json_build_object('orderId', o.id), o.expires_at,
    'expire-order:' || o.id);

  -- The lots last, and in the order of their ids: every writer of several lots does so, and two
  -- orders that name the same ones wait for each other instead of deadlocking.
  perform from lots t where t.id = any(lot_ids) order by t.id for update;
  update lots t set available = t.available - w.quantity, held = t.held + w.quantity
    from (
      select s.lot_id, sum(s.quantity)::integer as quantity
      from jsonb_to_recordset(doc -> 'allocations') as s (lot_id uuid, quantity integer)
      group by s.lot_id
    ) w
    where t.id = w.lot_id and t.id = any(lot_ids) and t.available >= w.quantity;
  get diagnostics seen = row_count;
  if seen <> cardinality(lot_ids) then
    raise exception 'a planned lot has less than was planned' using errcode = 'TJ409';
  end if;
  insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen)
    select s.id, s.order_line_id, s.lot_id, s.relief_account_id, s.quantity, s.fen
    from jsonb_to_recordset(doc -> 'allocations') as s (id uuid, order_line_id uuid, lot_id uuid,
      relief_account_id uuid, quantity integer, fen bigint);
end $$;
