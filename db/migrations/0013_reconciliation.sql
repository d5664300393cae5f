-- What Stripe says of its balance, set against what the ledger says of it; and what an operator
-- must know of refunds that failed and of disputes that are open.

-- Stripe's balance transactions as Stripe has them: one row each, never edited by us. Signed:
-- what came in is positive. Net is fen less fee_fen.
create table stripe_movements (
  id uuid primary key,
  stripe_id text not null unique,
  type text not null,
  category text not null,
  -- The charge, refund, dispute or payout that it belongs to.
  source text,
  fen bigint not null,
  fee_fen bigint not null,
  currency text not null,
  moved_at timestamptz not null,
  available_at timestamptz not null,
  booked_at timestamptz,
  created_at timestamptz not null default now()
);
create index stripe_movements_unbooked on stripe_movements (id) where booked_at is null;
create index stripe_movements_moved on stripe_movements (moved_at);
comment on column stripe_movements.booked_at is
  'Since when all of it that only Stripe can tell us of, its fee or a payout to our bank, stands in the ledger.';
revoke delete on stripe_movements from tianji_app;

create table reconciliations (
  id uuid primary key,
  status text not null check (status in ('running', 'done', 'failed')),
  since timestamptz,
  started_at timestamptz not null,
  finished_at timestamptz,
  grace_minutes integer not null check (grace_minutes >= 0),
  movement_count integer not null default 0,
  booked_count integer not null default 0,
  stripe_fen bigint,
  ledger_fen bigint,
  in_flight_count integer,
  in_flight_fen bigint,
  difference_count integer,
  difference_fen bigint,
  created_at timestamptz not null default now(),
  check (status <> 'done' or (finished_at is not null and stripe_fen is not null
    and ledger_fen is not null and in_flight_count is not null and difference_count is not null))
);
create index reconciliations_newest on reconciliations (started_at desc);
comment on column reconciliations.since is
  'Stripe was asked for what moved from here on; null: for everything.';
revoke delete on reconciliations from tianji_app;

create table reconciliation_differences (
  reconciliation_id uuid not null references reconciliations (id),
  place integer not null check (place > 0),
  kind text not null check (kind in
    ('at-stripe-only', 'in-ledger-only', 'amounts-differ', 'posted-twice')),
  matched_by text not null,
  stripe_transaction_id text,
  stripe_object_id text,
  category text,
  stripe_fen bigint,
  stripe_currency text,
  ledger_transaction_id uuid references ledger_transactions (id),
  ledger_kind text,
  ledger_count integer not null,
  ledger_fen bigint,
  ledger_currency text,
  happened_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (reconciliation_id, place),
  unique (reconciliation_id, matched_by)
);
revoke update, delete on reconciliation_differences from tianji_app;

-- Stripe pays its balance out to our bank account: a kind of its own, not a household's payout.
alter table ledger_transactions drop constraint ledger_transactions_kind_check;
alter table ledger_transactions add constraint ledger_transactions_kind_check
  check (kind in ('sale', 'refund', 'payout', 'payout-bounce', 'reversal', 'suspense', 'dispute',
    'stripe-fee', 'stripe-payout', 'opening'));

alter table refunds add column failure text;
comment on column refunds.failure is 'Stripe''s own word for why it failed; null while it has not.';
alter table disputes add column reason text, add column due_at timestamptz;
comment on column disputes.due_at is 'Until when evidence can be sent to the bank; null when none is asked for.';
create index disputes_open on disputes (due_at) where status not in ('won', 'lost', 'warning_closed');
create index refunds_unsettled on refunds (id) where status in ('requested', 'pending', 'failed');
create index payments_suspense on payments (id) where status = 'suspense';
create index stripe_events_waiting on stripe_events (created_at) where processed_at is null;
