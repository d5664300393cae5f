-- A line that was kept and that Stripe does not have is none of Stripe's: it counts for nothing, and
-- what was booked of it stands in the ledger alone.

alter table stripe_movements add column missing_at timestamptz;
comment on column stripe_movements.missing_at is
  'Since when a reconciliation has not found it at Stripe; emptied when Stripe has it after all.';

-- What Stripe has answered in a run under way, so that no run has to hold a year of it in memory.
create unlogged table reconciliation_lines (
  reconciliation_id uuid not null references reconciliations (id) on delete cascade,
  stripe_id text not null,
  primary key (reconciliation_id, stripe_id)
);
grant select, insert, delete on reconciliation_lines to tianji_app;
revoke update on reconciliation_lines from tianji_app;
