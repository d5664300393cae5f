-- Money at Stripe that belongs to no order of ours: after a restore from a backup that lost orders,
-- or paid to this account by another way. It is in the books, in suspense, until it is given back.
create table unmatched_payments (
  id uuid primary key,
  charge_id text not null unique,
  payment_intent_id text unique,
  fen bigint not null check (fen > 0),
  currency text not null,
  given_back_fen bigint not null default 0,
  arrived_at timestamptz not null,
  looked_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index unmatched_payments_waiting on unmatched_payments (arrived_at, id)
  where given_back_fen < fen;
comment on column unmatched_payments.fen is 'In the smallest unit of its currency, as given_back_fen.';
comment on column unmatched_payments.given_back_fen is
  'What refunds made at Stripe, and banks, have taken of it, less what came back.';
revoke update, delete on unmatched_payments from tianji_app;
grant update (given_back_fen, looked_at) on unmatched_payments to tianji_app;
