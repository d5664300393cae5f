-- When a row of the books was written says the database, never whoever writes it: what is to come is
-- "on its way" to reconciliation, and would stay so.
revoke insert on ledger_accounts, ledger_transactions, postings, stripe_movements from tianji_app;
grant insert (id, code, kind) on ledger_accounts to tianji_app;
grant insert (id, kind, cause_type, cause_id, reverses_id, idempotency_key, occurred_at)
  on ledger_transactions to tianji_app;
grant insert (id, transaction_id, transaction_seq, account_id, fen, order_line_id, relief_account_id)
  on postings to tianji_app;
grant insert (id, stripe_id, type, category, source, fen, fee_fen, currency, moved_at, available_at,
  booked_at, missing_at) on stripe_movements to tianji_app;

alter table reconciliation_differences add column ledger_stamped_ahead_at timestamptz;
comment on column reconciliation_differences.ledger_stamped_ahead_at is
  'What the ledger''s entry claims to be written at, where that was still to come when it was compared.';

-- What the buyer is told of a payment that takes its bank days.
alter table orders add column is_payment_processing boolean not null default false,
  add column bank_refused_at timestamptz,
  add column closed_pages integer not null default 0;
comment on column orders.is_payment_processing is
  'The buyer has done all there is to do on the payment page; her bank has not decided yet.';
comment on column orders.bank_refused_at is
  'When her bank last refused such a payment; another page may be paid since.';
comment on column orders.closed_pages is
  'How many payment pages closed before the order''s time was over: each further one is another to Stripe.';
grant update (is_payment_processing, bank_refused_at, closed_pages) on orders to tianji_app;
