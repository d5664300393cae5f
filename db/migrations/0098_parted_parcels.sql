-- A parcel sent in parts: what is there leaves now, the rest is a parcel of its own and follows.

-- Of one cooperative an order may have several. Its freight was paid once and is one parcel's.
alter table parcels drop constraint parcels_order_id_cooperative_id_key;
alter table parcels
  add column part integer not null default 1 check (part between 1 and 99),
  add column carries_freight boolean not null default true,
  add constraint parcels_freight_of_one check (carries_freight or freight_fen = 0),
  add constraint parcels_order_id_cooperative_id_part_key unique (order_id, cooperative_id, part);
comment on column parcels.part is
  'Which of its cooperative''s parcels of the order it is: 1 until something of it is sent later, and then 2, 3, …';

-- What of a line is sent later is a line of its own, of the same listing in another parcel.
alter table order_lines drop constraint order_lines_order_id_listing_id_key;
alter table order_lines
  add column split_from_id uuid references order_lines (id),
  add constraint order_lines_order_id_listing_id_key unique (order_id, listing_id, parcel_id);
create index order_lines_split on order_lines (split_from_id) where split_from_id is not null;
comment on column order_lines.split_from_id is
  'The line as the buyer ordered it, of which this is a part that is sent by itself; null for that line.';

create table parcel_splits (
  id uuid primary key,
  order_id uuid not null references orders (id),
  parcel_id uuid not null references parcels (id),
  rest_parcel_id uuid not null unique references parcels (id),
  reason text not null check (reason in ('not-harvested', 'not-arrived', 'too-big', 'weather')),
  promised_on date not null,
  client_key text not null check (length(client_key) between 1 and 100),
  split_by text not null,
  created_at timestamptz not null default now(),
  unique (parcel_id, client_key),
  check (parcel_id <> rest_parcel_id)
);
create index parcel_splits_order on parcel_splits (order_id);
comment on table parcel_splits is
  'What of a parcel is sent later: as which parcel, why, and by which day in China at the latest.';

create table split_lines (
  split_id uuid not null references parcel_splits (id),
  order_line_id uuid not null references order_lines (id),
  rest_line_id uuid not null references order_lines (id),
  units integer not null check (units > 0),
  created_at timestamptz not null default now(),
  primary key (split_id, order_line_id)
);
create index split_lines_rest on split_lines (rest_line_id);
comment on column split_lines.rest_line_id is
  'The line that is in the parcel that follows: the same one where all that was to be sent of it is.';

-- Moves a line, or some units of it with their lots, into the parcel that follows. The app may not
-- change a line otherwise: what it was sold for is shared here between the two to the fen, or nothing
-- is done. `parts` says of which allocations: [{id, made, units, fen}]; of a whole line none.
create function move_to_rest(split uuid, line uuid, made uuid, units integer, fee bigint, parts jsonb)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s parcel_splits;
  l order_lines;
  a allocations;
  n record;
  moved integer := 0;
  shared bigint := fee;
begin
  select * into s from parcel_splits x where x.id = split
    and x.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text;
  select * into l from order_lines x where x.id = line and x.parcel_id = s.parcel_id for no key update;
  if l.id is null or not exists (select from parcels f join parcels r on r.id = s.rest_parcel_id
      and (r.order_id, r.cooperative_id) = (f.order_id, f.cooperative_id)
      where f.id = s.parcel_id and f.order_id = s.order_id
        and f.status in ('waiting', 'accepted', 'packed') and r.status in ('waiting', 'accepted')) then
    raise exception 'line % is in no parcel that split % parts', line, split
      using errcode = 'check_violation', constraint = 'only_what_is_split_moves';
  end if;
  if made is null then
    update order_lines x set parcel_id = s.rest_parcel_id where x.id = line;
    insert into split_lines (split_id, order_line_id, rest_line_id, units)
      values (split, line, line, units);
    return;
  end if;
  update order_lines x set quantity = x.quantity - units,
      line_fen = (x.quantity - units) * x.unit_price_fen, fee_fen = x.fee_fen - fee
    where x.id = line;
  insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh, title_en,
      grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen,
      ships_from, split_from_id)
    values (made, l.order_id, s.rest_parcel_id, l.listing_id, l.cooperative_id, l.title_zh,
      l.title_en, l.grade, l.unit, l.unit_grams, units, l.unit_price_fen, units * l.unit_price_fen,
      l.fee_basis_points, fee, l.ships_from, coalesce(l.split_from_id, l.id));
  insert into split_lines (split_id, order_line_id, rest_line_id, units)
    values (split, line, made, units);
  for n in select * from jsonb_to_recordset(parts) as p (id uuid, made uuid, units integer, fen bigint)
  loop
    select * into a from allocations x where x.id = n.id and x.order_line_id = line
      and x.state = 'sold' for update;
    if a.id is null or n.units not between 1 and a.quantity - a.short_units
        or n.fen not between 0 and a.fen or (n.units = a.quantity and n.fen <> a.fen) then
      raise exception 'allocation % has less than % units to send later', n.id, n.units
        using errcode = 'check_violation', constraint = 'only_what_is_split_moves';
    end if;
    -- What a lot provides of what was sold is written anew only by way of its release.
    update allocations x set state = 'released' where x.id = a.id;
    if n.units < a.quantity then
      update allocations x set quantity = a.quantity - n.units, fen = a.fen - n.fen, state = 'sold'
        where x.id = a.id;
    end if;
    insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen, state)
      values (n.made, made, a.lot_id, a.relief_account_id, n.units, n.fen, 'sold');
    moved := moved + n.units;
    shared := shared + n.fen;
  end loop;
  if moved <> units or shared <> units * l.unit_price_fen then
    raise exception '% units for % fen of line % are not % at their price', moved, shared, line, units
      using errcode = 'check_violation', constraint = 'only_what_is_split_moves';
  end if;
end $$;
revoke execute on function move_to_rest(uuid, uuid, uuid, integer, bigint, jsonb) from public;
grant execute on function move_to_rest(uuid, uuid, uuid, integer, bigint, jsonb) to tianji_app;
revoke update, delete on parcel_splits, split_lines from tianji_app;
revoke insert on split_lines from tianji_app;

-- Of which line a fen was sold changes with it, and whose it is does not.
alter table ledger_transactions drop constraint ledger_transactions_kind_check;
alter table ledger_transactions add constraint ledger_transactions_kind_check
  check (kind in ('sale', 'refund', 'payout', 'payout-bounce', 'reversal', 'suspense', 'dispute',
    'stripe-fee', 'stripe-payout', 'opening', 'claim', 'split'));
