-- Whoever prepares a payout run never approves it herself: the database holds it as well. Runs that one
-- person did before stay as they are. A run may be of what was sold up to a day, and leave out
-- households that are due less than a minimum.
alter table payout_runs add constraint payout_runs_by_two
  check (status <> 'confirmed' or confirmed_by_user_id <> prepared_by_user_id) not valid;

alter table payout_runs
  add column sold_until date,
  add column minimum_fen bigint not null default 0 check (minimum_fen >= 0);
comment on column payout_runs.sold_until is
  'The last day, in Shanghai, whose sales it pays; null pays all that is owed.';
