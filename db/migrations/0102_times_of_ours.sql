-- When an entry happened is a moment of this market: no other era, no infinity. Months, statements and
-- what is sealed count on it. Written down by the app, so the database holds it.
alter table ledger_transactions add constraint ledger_transactions_occurred_at_check
  check (occurred_at >= '2020-01-01Z' and occurred_at < '2200-01-01Z');
