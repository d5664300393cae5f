-- What is not there can be replaced by something else of the same cooperative, if its buyer says yes.

create table substitutions (
  id uuid primary key,
  order_id uuid not null references orders (id),
  parcel_id uuid not null references parcels (id),
  order_line_id uuid not null references order_lines (id),
  missing_units integer not null check (missing_units > 0),
  missing_fen bigint not null check (missing_fen > 0),
  reason text not null check (reason in ('spoiled', 'gone')),
  listing_id uuid not null references listings (id),
  quantity integer not null check (quantity > 0),
  unit_price_fen bigint not null check (unit_price_fen > 0),
  shown jsonb not null,
  note text not null default '',
  difference_note text not null default '',
  state text not null default 'open' check (state in
    ('open', 'accepted', 'declined', 'lapsed', 'changed', 'withdrawn', 'dropped')),
  answer_by timestamptz not null,
  asked_by text not null,
  client_key text not null check (length(client_key) between 1 and 100),
  ended_at timestamptz,
  ended_by text,
  consent jsonb,
  refund_id uuid references refunds (id),
  created_at timestamptz not null default now(),
  unique (parcel_id, client_key),
  -- Never a surcharge.
  check (quantity * unit_price_fen <= missing_fen),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'accepted') = (consent is not null)),
  check (state <> 'open' or refund_id is null)
);
create unique index substitutions_open on substitutions (order_line_id) where state = 'open';
create index substitutions_due on substitutions (answer_by, id) where state = 'open';
create index substitutions_order on substitutions (order_id);
comment on column substitutions.shown is
  'What the buyer is shown and says yes to: it stays as it was shown, whatever becomes of the offer.';
comment on column substitutions.consent is 'That she said yes, in which language, and whether as a guest; who she is, ended_by and the order say.';
revoke update, delete on substitutions from tianji_app;
grant update (state, ended_at, ended_by, consent, refund_id) on substitutions to tianji_app;

create table substitution_lots (
  substitution_id uuid not null references substitutions (id),
  lot_id uuid not null references lots (id),
  relief_account_id uuid not null references relief_accounts (id),
  quantity integer not null check (quantity > 0),
  fen bigint not null check (fen >= 0),
  created_at timestamptz not null default now(),
  primary key (substitution_id, lot_id)
);
create index substitution_lots_lot on substitution_lots (lot_id);
comment on table substitution_lots is
  'What is held in which lots as long as nobody has answered, and of whom it is bought then.';
revoke update, delete on substitution_lots from tianji_app;

create table substitution_parts (
  id uuid primary key,
  substitution_id uuid not null references substitutions (id),
  account_code text not null,
  relief_account_id uuid references relief_accounts (id),
  fen bigint not null check (fen > 0),
  created_at timestamptz not null default now()
);
create index substitution_parts_of on substitution_parts (substitution_id);
comment on table substitution_parts is
  'What each who sold the missing goods gives for those that replace them.';
revoke update, delete on substitution_parts from tianji_app;

-- A line that replaces what was missing of another: it is no part of what the order was paid for.
alter table order_lines add column substitution_id uuid references substitutions (id);
create index order_lines_substitution on order_lines (substitution_id) where substitution_id is not null;

-- What of a line is sent later was sold in the same cycle, and replaces the same.
create or replace function line_keeps_cycle() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select l.cycle_id, l.substitution_id into new.cycle_id, new.substitution_id
    from order_lines l where l.id = new.split_from_id;
  return new;
end $$;
