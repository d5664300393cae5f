-- The database itself keeps the relief tag right, and what is written once cannot be changed by
-- the app's role.

-- A posting on a household's relief account carries that account's tag; a posting on any other
-- carries none. Asked in the look-up that each posting makes anyway.
create or replace function postings_join_their_own_transaction() returns trigger language plpgsql as $$
declare
  tag uuid;
  is_relief boolean;
begin
  select t.seq, r.id, a.code like 'relief:%' into new.transaction_seq, tag, is_relief
    from ledger_transactions t
    left join ledger_accounts a on a.id = new.account_id
    left join relief_accounts r on r.ledger_account_id = new.account_id
    where t.id = new.transaction_id and t.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text;
  if not found then
    raise exception 'ledger transaction % is closed', new.transaction_id
      using errcode = 'check_violation', constraint = 'ledger_transaction_is_closed';
  end if;
  if new.relief_account_id is distinct from tag or (is_relief and tag is null) then
    raise exception 'a posting on account % is tagged with relief account %', new.account_id, new.relief_account_id
      using errcode = 'check_violation', constraint = 'posting_carries_its_relief_account';
  end if;
  return new;
end $$;

-- What was sold stays as it was sold. Only what was given back unsold may be allocated anew.
create trigger allocations_written_once before update of quantity, fen on allocations
  for each row when (old.state <> 'released' and (old.quantity, old.fen) is distinct from (new.quantity, new.fen))
  execute function ledger_is_written_once();

-- Of these the app writes on only the columns in which they move on.
revoke update, delete on relief_accounts, order_lines, parcel_events from tianji_app;
revoke update on allocations, orders, payments, refunds, payout_runs, payouts from tianji_app;
grant update (state, quantity, fen) on allocations to tianji_app;
grant update (status, buyer_user_id, checkout_session_id, checkout_url, expires_at, paid_at,
  closed_at, updated_at) on orders to tianji_app;
grant update (status) on payments to tianji_app;
grant update (status, stripe_refund_id, failure, told_at, updated_at) on refunds to tianji_app;
grant update (status, confirmed_by_user_id, confirmed_at) on payout_runs to tianji_app;
grant update (status, bounce_reason) on payouts to tianji_app;
revoke delete on lots, parcels, disputes, stripe_events from tianji_app;

-- As in 0017, without the indexing of what was sold out: the caller queues that, after the lots.
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
      grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen)
    select n.id, o.id, n.parcel_id, n.listing_id, n.cooperative_id, n.title_zh, n.title_en,
      n.grade, n.unit, n.unit_grams, n.quantity, n.unit_price_fen, n.line_fen,
      n.fee_basis_points, n.fee_fen
    from jsonb_to_recordset(doc -> 'lines') as n (id uuid, parcel_id uuid, listing_id uuid,
      cooperative_id uuid, title_zh text, title_en text, grade text, unit text,
      unit_grams integer, quantity integer, unit_price_fen bigint, line_fen bigint,
      fee_basis_points integer, fee_fen bigint);
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
