-- What a bank is told of a payout run and what it answers.

-- Which sales are later than the day that a run pays up to.
create index ledger_transactions_sales on ledger_transactions (occurred_at) where kind = 'sale';

-- The account that a cooperative pays from: an ISO 20022 file names it.
alter table cooperatives
  add column bank_account_name text check (length(bank_account_name) between 1 and 70),
  add column bank_account_number text check (bank_account_number ~ '^[A-Za-z0-9]{5,34}$'),
  add column bank_name text check (length(bank_name) between 1 and 70),
  add column bank_code text check (bank_code ~ '^\d{12}$'),
  add constraint cooperatives_bank_account_whole
    check ((bank_account_name is null) = (bank_account_number is null)
      and (bank_account_name is null) = (bank_name is null)
      and (bank_code is null or bank_name is not null));
comment on column cooperatives.bank_code is 'The bank''s CNAPS code, twelve digits, where it is known.';

-- An approved payout is with the bank until the bank says what became of it; also one that it says
-- was paid may come back later.
alter table payouts add column bank_paid_at timestamptz
  check (bank_paid_at is null or status in ('paid', 'bounced'));
grant update (bank_paid_at) on payouts to tianji_app;

-- A file of answers is kept as it was understood, so that what was looked at is what is taken.
create table payout_answers (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  client_key text not null check (length(client_key) between 1 and 100),
  uploaded_by_user_id text not null,
  rows jsonb not null check (jsonb_typeof(rows) = 'array'),
  taken_by_user_id text,
  taken_at timestamptz,
  outcome jsonb,
  created_at timestamptz not null default now(),
  unique (cooperative_id, client_key),
  check ((taken_at is null) = (outcome is null) and (taken_at is null) = (taken_by_user_id is null))
);
create index payout_answers_cooperative on payout_answers (cooperative_id, id);
comment on table payout_answers is
  'Private: which payouts of which households a bank paid or sent back. No names and no accounts.';
revoke update, delete on payout_answers from tianji_app;
grant update (taken_by_user_id, taken_at, outcome) on payout_answers to tianji_app;
