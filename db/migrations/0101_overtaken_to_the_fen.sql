-- A plan that others overtook is made anew in the statement that writes it, to the fen. Until now the
-- fen of each likely way to cut a line over lots came with the order, and in a rush for many units the
-- way it came to was often none of those: the order then failed before goods that were there.

-- Which lots provide the lines and what each is due: oldest harvest first, then by id (allocate.ts), the
-- line without its fee split by quantity, the last fen to the largest remainders and among equal ones to
-- the earlier turn (split-fen.ts). Null when the lots hold too little. Only behind the lots' locks is it true.
create function shares_of_now(lines jsonb, allocation_ids jsonb) returns jsonb
language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  listing_ids uuid[] := array(
    select n.listing_id from jsonb_to_recordset(lines) as n (listing_id uuid));
begin
  return (
    with wanted as (
      select n.id, n.listing_id, n.quantity, n.line_fen - n.fee_fen as fen
      from jsonb_to_recordset(lines)
        as n (id uuid, listing_id uuid, quantity bigint, line_fen bigint, fee_fen bigint)
    ), free as (
      select t.id, t.listing_id, t.relief_account_id, t.available, sum(t.available) over (
        partition by t.listing_id order by t.harvested_on, t.id) - t.available as before
      from lots t where t.listing_id = any(listing_ids) and t.available > 0
    ), taken as (
      select w.id as line_id, w.quantity as whole, w.fen, f.id as lot_id, f.relief_account_id,
        f.before, least(f.available, w.quantity - f.before) as quantity
      from wanted w join free f on f.listing_id = w.listing_id and f.before < w.quantity
    ), split as (
      select k.*, div(k.fen * k.quantity, k.whole) as part,
        row_number() over (order by k.line_id, k.before) as place,
        row_number() over (
          partition by k.line_id order by mod(k.fen * k.quantity, k.whole) desc, k.before) as rank,
        k.fen - sum(div(k.fen * k.quantity, k.whole)) over (partition by k.line_id) as left_over
      from taken k
    )
    select jsonb_agg(jsonb_build_object('id', allocation_ids -> (s.place - 1)::integer,
        'order_line_id', s.line_id, 'lot_id', s.lot_id, 'relief_account_id', s.relief_account_id,
        'quantity', s.quantity, 'fen', s.part + case when s.rank <= s.left_over then 1 else 0 end)
        order by s.place)
    from split s
    having sum(s.quantity) = (select sum(w.quantity) from wanted w));
end $$;

create or replace function write_order(doc jsonb, out is_open boolean, out id uuid, out number text,
  out emptied uuid[])
language plpgsql
-- Planned once: plans for these very arrays are no better, and take longer than the statements.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  o record;
  listing_ids uuid[] := array(
    select n.listing_id from jsonb_to_recordset(doc -> 'lines') as n (listing_id uuid));
  lot_ids uuid[];
  moved uuid[] := '{}';
  shares jsonb := doc -> 'allocations';
  seen integer;
  moment timestamptz;
begin
  is_open := false;
  select r.* into o from jsonb_to_record(doc -> 'order') as r (id uuid, number_prefix text,
    buyer_user_id text, visitor_id text, idempotency_key text, address jsonb, locale text,
    produce_fen bigint, freight_fen bigint, total_fen bigint, expires_at timestamptz,
    created_at timestamptz, cart_id uuid, note text, gift_words text);

  -- The cart before its items, as whoever adds to it or hands it over does. Each statement sees
  -- what others committed while the one before it waited.
  perform from carts c where c.id = o.cart_id for no key update;
  perform from cart_items i where i.cart_id = o.cart_id order by i.listing_id for update;
  -- The clock of whoever places it, gone on by what this statement has waited.
  moment := o.created_at + (clock_timestamp() - statement_timestamp());
  select count(*) into seen
    from jsonb_to_recordset(doc -> 'lines')
      as n (listing_id uuid, quantity integer, unit_price_fen bigint)
    join listings l on l.id = n.listing_id and l.status = 'published'
      and l.price_fen = n.unit_price_fen
      and (not l.sold_in_cycles or exists (select from cycle_listings k where k.listing_id = l.id
        and not k.is_off and k.opens_at <= moment and k.closes_at > moment))
    join cart_items i on i.listing_id = n.listing_id and i.quantity = n.quantity
    where l.id = any(listing_ids) and i.cart_id = o.cart_id;
  if seen <> cardinality(listing_ids) then return; end if;

  -- Who comes when it is gone is told so before anything is written for her: a crowd before an
  -- empty shelf would otherwise write a whole order each, only to take it back.
  if doc -> 'allocation_ids' is null then
    lot_ids := array(select distinct s.lot_id from jsonb_to_recordset(shares) as s (lot_id uuid));
    select count(*) into seen from lots t
      where t.id = any(lot_ids) and t.available < (select sum(s.quantity)
        from jsonb_to_recordset(shares) as s (lot_id uuid, quantity integer)
        where s.lot_id = t.id);
  else
    select count(*) into seen
      from jsonb_to_recordset(doc -> 'lines') as n (listing_id uuid, quantity integer)
      where n.quantity > (
        select coalesce(sum(t.available), 0) from lots t where t.listing_id = n.listing_id);
  end if;
  -- A key that has made an order finds it again below.
  if seen > 0 and not exists (select from orders k where k.idempotency_key = o.idempotency_key) then
    raise exception 'what was planned is gone'
      using errcode = 'TJ409', detail = free_for(doc -> 'lines', shares, moved);
  end if;

  insert into orders as made (id, number, buyer_user_id, visitor_id, idempotency_key, address,
      locale, produce_fen, freight_fen, total_fen, expires_at, created_at, updated_at, note, gift_words)
    values (o.id, o.number_prefix || lpad((nextval('order_numbers') % 1000000)::text, 6, '0'),
      o.buyer_user_id, o.visitor_id, o.idempotency_key, o.address, o.locale, o.produce_fen,
      o.freight_fen, o.total_fen, o.expires_at, o.created_at, o.created_at, coalesce(o.note, ''),
      o.gift_words)
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
      ships_from, cycle_id)
    select n.id, o.id, n.parcel_id, n.listing_id, n.cooperative_id, n.title_zh, n.title_en,
      n.grade, n.unit, n.unit_grams, n.quantity, n.unit_price_fen, n.line_fen,
      n.fee_basis_points, n.fee_fen, n.ships_from,
      (select k.cycle_id from listings l join cycle_listings k on k.listing_id = l.id
        where l.id = n.listing_id and l.sold_in_cycles and not k.is_off
          and k.opens_at <= moment and k.closes_at > moment)
    from jsonb_to_recordset(doc -> 'lines') as n (id uuid, parcel_id uuid, listing_id uuid,
      cooperative_id uuid, title_zh text, title_en text, grade text, unit text,
      unit_grams integer, quantity integer, unit_price_fen bigint, line_fen bigint,
      fee_basis_points integer, fee_fen bigint, ships_from date);
  if exists (
    select from order_lines n join listings l on l.id = n.listing_id
    left join order_cycles c on c.id = n.cycle_id
    where n.order_id = o.id and l.id = any(listing_ids) and (l.price_fen <> n.unit_price_fen or l.unit <> n.unit
      or l.unit_grams <> n.unit_grams
      or coalesce(c.ships_on, l.ships_from) is distinct from n.ships_from
      or l.sold_in_cycles and n.cycle_id is null
      or l.title_zh <> n.title_zh or l.title_en <> n.title_en or l.grade <> n.grade)
  ) then
    raise exception 'a planned listing has changed' using errcode = 'TJ409';
  end if;
  delete from cart_items i where i.cart_id = o.cart_id and i.listing_id = any(listing_ids);
  update carts c set updated_at = clock_timestamp() where c.id = o.cart_id;
  perform queue_for_later('expire-order', json_build_object('orderId', o.id), o.expires_at,
    'expire-order:' || o.id);

  -- The lots last, and in the order of their ids: every writer of several lots does so, and two
  -- orders that name the same ones wait for each other instead of deadlocking.
  if doc -> 'allocation_ids' is not null then
    -- A plan was overtaken before: it is made anew behind the locks of all lots there may be.
    perform from lots t where t.listing_id = any(listing_ids) order by t.id for update;
    shares := shares_of_now(doc -> 'lines', doc -> 'allocation_ids');
    if shares is null then
      raise exception 'too little is left'
        using errcode = 'TJ409', detail = free_for(doc -> 'lines', '[]', moved);
    end if;
  end if;
  lot_ids := array(select distinct s.lot_id from jsonb_to_recordset(shares) as s (lot_id uuid));
  perform from lots t where t.id = any(lot_ids) order by t.id for update;
  with taken as (
    update lots t set available = t.available - w.quantity, held = t.held + w.quantity
    from (
      select s.lot_id, sum(s.quantity)::integer as quantity
      from jsonb_to_recordset(shares) as s (lot_id uuid, quantity integer)
      group by s.lot_id
    ) w
    where t.id = w.lot_id and t.id = any(lot_ids) and t.available >= w.quantity
    returning t.id, t.listing_id, t.available
  )
  select coalesce(array_agg(taken.id), '{}'),
      array_agg(distinct taken.listing_id) filter (where taken.available = 0)
    into moved, emptied from taken;
  if cardinality(moved) <> cardinality(lot_ids) then
    raise exception 'a planned lot has less than was planned'
      using errcode = 'TJ409', detail = free_for(doc -> 'lines', shares, moved);
  end if;
  insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen)
    select s.id, s.order_line_id, s.lot_id, s.relief_account_id, s.quantity, s.fen
    from jsonb_to_recordset(shares) as s (id uuid, order_line_id uuid, lot_id uuid,
      relief_account_id uuid, quantity integer, fen bigint);

  -- Behind every lock, so that nobody orders after closing by having waited for others. Whoever moves
  -- the closing holds the cycle's row against the lines' foreign key, so either she sees these lines
  -- or they see her.
  moment := o.created_at + (clock_timestamp() - statement_timestamp());
  if exists (
    select from order_lines n where n.order_id = o.id and n.cycle_id is not null
      and not exists (select from cycle_listings k where k.cycle_id = n.cycle_id
        and k.listing_id = n.listing_id and not k.is_off
        and k.opens_at <= moment and k.closes_at > moment)
  ) then
    raise exception 'a cycle has closed' using errcode = 'TJ409';
  end if;
end $$;
