-- A Stripe account that does not settle in CNY makes every sale differ; that is one reason to tell,
-- not one for each sale.
alter table reconciliation_differences drop constraint reconciliation_differences_kind_check;
alter table reconciliation_differences add constraint reconciliation_differences_kind_check
  check (kind in ('at-stripe-only', 'in-ledger-only', 'amounts-differ', 'posted-twice',
    'settled-elsewhere'));
comment on column reconciliation_differences.ledger_count is
  'How many entries of ours it is about; of settled-elsewhere, how many charges and refunds.';
