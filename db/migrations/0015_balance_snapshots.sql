-- Balances by snapshot and tail: what an account held through a seq is written down now and then,
-- and only what was posted since is added up. No row is ever changed, so no sale waits for another.

-- A posting carries its transaction's seq, so that an account's postings are found in the ledger's
-- order. The trigger that looks the transaction up anyway sets it, whatever the insert says.
alter table postings add column transaction_seq bigint;
alter table postings disable trigger postings_written_once;
update postings p set transaction_seq = t.seq from ledger_transactions t where t.id = p.transaction_id;
alter table postings enable trigger postings_written_once;
alter table postings alter column transaction_seq set not null;

create or replace function postings_join_their_own_transaction() returns trigger language plpgsql as $$
begin
  select t.seq into new.transaction_seq from ledger_transactions t
    where t.id = new.transaction_id and t.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text;
  if not found then
    raise exception 'ledger transaction % is closed', new.transaction_id
      using errcode = 'check_violation', constraint = 'ledger_transaction_is_closed';
  end if;
  return new;
end $$;

-- The fen stand in the index: a tail is summed without reading the table.
create index postings_account_seq on postings (account_id, transaction_seq) include (fen);
drop index postings_account;

create table balance_snapshots (
  account_id uuid not null references ledger_accounts (id),
  through_seq bigint not null,
  balance_fen bigint not null,
  payout_fen bigint not null,
  created_at timestamptz not null default now(),
  primary key (account_id, through_seq)
);
comment on column balance_snapshots.balance_fen is 'The sum of the account''s postings of all transactions up to through_seq.';
comment on column balance_snapshots.payout_fen is 'The part of it that payouts and their returns moved.';

-- The same by month, in Shanghai's time: one row for each month that moved since the snapshot before.
create table month_snapshots (
  account_id uuid not null,
  month date not null check (extract(day from month) = 1),
  through_seq bigint not null,
  balance_fen bigint not null,
  payout_fen bigint not null,
  created_at timestamptz not null default now(),
  primary key (account_id, month, through_seq),
  foreign key (account_id, through_seq) references balance_snapshots (account_id, through_seq)
);

create trigger balance_snapshots_written_once before update or delete on balance_snapshots
  for each row execute function ledger_is_written_once();
create trigger balance_snapshots_not_truncated before truncate on balance_snapshots
  for each statement execute function ledger_is_written_once();
create trigger month_snapshots_written_once before update or delete on month_snapshots
  for each row execute function ledger_is_written_once();
create trigger month_snapshots_not_truncated before truncate on month_snapshots
  for each statement execute function ledger_is_written_once();
revoke update, delete on balance_snapshots, month_snapshots from tianji_app;
