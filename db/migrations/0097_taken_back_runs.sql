-- An approved payout run can be taken back: its bank refused the file as a whole, or it was a mistake
-- and the file never left. One person asks for it, with a reason, another approves it; every payout of
-- which the bank has not said that it was paid goes back to its household.
create table payout_reversals (
  id uuid primary key,
  payout_run_id uuid not null references payout_runs (id),
  status text not null default 'asked' check (status in ('asked', 'approved', 'withdrawn')),
  reason text not null check (reason in ('bank-refused', 'not-sent')),
  note text not null default '' check (length(note) <= 200),
  asked_by_user_id text not null,
  asked_at timestamptz not null,
  ended_by_user_id text,
  ended_at timestamptz check (ended_at >= asked_at),
  -- What went back to households, and in how many payouts.
  fen bigint check (fen > 0),
  payout_count integer check (payout_count > 0),
  created_at timestamptz not null default now(),
  check ((status = 'asked') = (ended_at is null) and (ended_at is null) = (ended_by_user_id is null)),
  constraint payout_reversals_whole
    check ((status = 'approved') = (fen is not null) and (fen is null) = (payout_count is null)),
  constraint payout_reversals_by_two
    check (status <> 'approved' or ended_by_user_id <> asked_by_user_id)
);
create index payout_reversals_run on payout_reversals (payout_run_id, id);
create unique index payout_reversals_one_open on payout_reversals (payout_run_id)
  where status = 'asked';
comment on table payout_reversals is
  'Payouts that were taken back with their run are bounced for the reason run-reversed.';

-- What has ended stays as it ended.
create trigger payout_reversals_ended before update on payout_reversals
  for each row when (old.status <> 'asked') execute function ledger_is_written_once();
revoke update, delete on payout_reversals from tianji_app;
grant update (status, ended_by_user_id, ended_at, fen, payout_count) on payout_reversals to tianji_app;
