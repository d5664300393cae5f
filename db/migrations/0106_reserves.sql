-- What a cooperative keeps of its own fees for claims that it has to bear: how much of each order's fee and
-- up to how much in all, what was put in, drawn and released, and for which orders it is kept.

create table reserves (
  cooperative_id uuid primary key references cooperatives (id),
  rate_basis_points integer not null default 2000 check (rate_basis_points between 500 and 5000),
  ceiling_fen bigint not null default 500000 check (ceiling_fen between 10000 and 10000000),
  version integer not null default 0 check (version >= 0),
  since_seq bigint not null default 0 check (since_seq >= 0),
  created_at timestamptz not null default now()
);
comment on table reserves is 'One of each cooperative: whoever moves its reserve locks its row.';
comment on column reserves.rate_basis_points is 'Of the fee of an order, not of its price.';
comment on column reserves.version is 'How often its terms were set: the audit log has each.';
comment on column reserves.since_seq is 'Of orders that were sold before nothing is kept.';
revoke insert, update, delete on reserves from tianji_app;
grant update (rate_basis_points, ceiling_fen, version) on reserves to tianji_app;

create function open_reserve() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into reserves (cooperative_id) values (new.id);
  return new;
end $$;
create trigger cooperatives_have_a_reserve after insert on cooperatives
  for each row execute function open_reserve();

-- What was sold before there were reserves stays as it was posted.
insert into reserves (cooperative_id, since_seq)
select c.id, coalesce((select max(seq) from ledger_transactions), 0) from cooperatives c;

create table reserve_moves (
  id uuid primary key,
  cooperative_id uuid not null references reserves (cooperative_id),
  number integer not null check (number > 0),
  claim_id uuid unique references claims (id),
  before_fen bigint not null check (before_fen >= 0),
  fen bigint not null,
  through_seq bigint,
  version integer,
  rate_basis_points integer,
  ceiling_fen bigint,
  shares_fen bigint,
  overdrawn_fen bigint,
  own_fen bigint,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (cooperative_id, number),
  check (before_fen + fen >= 0),
  -- A claim draws; all else is counted, from the ledger as it was sealed.
  check (claim_id is null or fen < 0),
  check ((claim_id is null) = (through_seq is not null) and (through_seq is null) = (version is null)
    and (through_seq is null) = (rate_basis_points is null) and (through_seq is null) = (ceiling_fen is null)
    and (through_seq is null) = (shares_fen is null) and (through_seq is null) = (overdrawn_fen is null)
    and (through_seq is null) = (own_fen is null))
);
create index reserve_moves_counted on reserve_moves (cooperative_id, through_seq) where through_seq is not null;
comment on column reserve_moves.through_seq is 'The end of the seal up to which the ledger was counted.';
comment on column reserve_moves.shares_fen is 'Of all orders that can still be claimed for, after this.';
comment on column reserve_moves.overdrawn_fen is 'What refunds have taken from households that had been paid.';
comment on column reserve_moves.own_fen is 'What the cooperative''s fees and reserve come to together: it has no more to keep.';
revoke update, delete on reserve_moves from tianji_app;

create table reserve_shares (
  cooperative_id uuid not null references reserves (cooperative_id),
  order_id uuid not null references orders (id),
  fen bigint not null check (fen > 0),
  added_by uuid not null references reserve_moves (id),
  dropped_by uuid references reserve_moves (id),
  created_at timestamptz not null default now(),
  primary key (cooperative_id, order_id)
);
create index reserve_shares_open on reserve_shares (cooperative_id) where dropped_by is null;
create index reserve_shares_added on reserve_shares (added_by);
create index reserve_shares_dropped on reserve_shares (dropped_by) where dropped_by is not null;
create index reserve_shares_order on reserve_shares (order_id);
comment on table reserve_shares is 'What is kept for an order as long as it can be claimed for.';
revoke update, delete on reserve_shares from tianji_app;
grant update (dropped_by) on reserve_shares to tianji_app;

alter table ledger_transactions drop constraint ledger_transactions_kind_check;
alter table ledger_transactions add constraint ledger_transactions_kind_check
  check (kind in ('sale', 'refund', 'payout', 'payout-bounce', 'reversal', 'suspense', 'dispute',
    'stripe-fee', 'stripe-payout', 'opening', 'claim', 'split', 'reserve'));
