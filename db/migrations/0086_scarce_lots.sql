-- Lots of which one to ten sale units are left, so that what is almost gone is found without looking
-- at every lot. An index with `available` in it would have to follow every sale; a row here comes and
-- goes only when a lot gets so low, runs out or fills up again.
create table scarce_lots (
  lot_id uuid primary key references lots (id) on delete cascade,
  listing_id uuid not null,
  created_at timestamptz not null default now()
);
comment on column scarce_lots.listing_id is
  'the lot''s own; no foreign key, because an order must not wait for a listing while it holds its lots';
create index scarce_lots_listing on scarce_lots (listing_id);
revoke insert, update, delete on scarce_lots from tianji_app;

create function note_scarce_lot() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.available between 1 and 10 then
    insert into scarce_lots (lot_id, listing_id) values (new.id, new.listing_id)
      on conflict do nothing;
  else
    delete from scarce_lots where lot_id = new.id;
  end if;
  return null;
end $$;
create trigger lots_scarce_at_first after insert on lots for each row
  when (new.available between 1 and 10) execute function note_scarce_lot();
create trigger lots_scarce after update of available on lots for each row
  when ((old.available between 1 and 10) is distinct from (new.available between 1 and 10))
  execute function note_scarce_lot();

insert into scarce_lots (lot_id, listing_id)
select id, listing_id from lots where available between 1 and 10;
