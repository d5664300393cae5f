-- The ledger: written once, every transaction sums to zero, checked by the database itself.
-- Debits are positive, credits negative. Mistakes are mended by a reversing transaction.

create table ledger_accounts (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z-]+:[A-Za-z0-9-]+$'),
  kind text not null check (kind in ('asset', 'liability', 'income', 'expense', 'equity')),
  created_at timestamptz not null default now()
);

create table relief_accounts (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z]{2}-\d{6}$'),
  household_id uuid not null references households (id),
  programme_id uuid not null references programmes (id),
  ledger_account_id uuid not null unique references ledger_accounts (id),
  created_at timestamptz not null default now(),
  unique (household_id, programme_id)
);

create table ledger_transactions (
  id uuid primary key,
  seq bigint generated always as identity unique,
  kind text not null check (kind in ('sale', 'refund', 'payout', 'payout-bounce', 'reversal', 'suspense', 'dispute', 'stripe-fee', 'opening')),
  cause_type text not null,
  cause_id uuid not null,
  reverses_id uuid unique references ledger_transactions (id),
  idempotency_key text not null unique check (length(idempotency_key) between 1 and 200),
  occurred_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index ledger_transactions_cause on ledger_transactions (cause_type, cause_id);

create table postings (
  id uuid primary key,
  transaction_id uuid not null references ledger_transactions (id),
  account_id uuid not null references ledger_accounts (id),
  fen bigint not null check (fen <> 0),
  order_line_id uuid,
  relief_account_id uuid references relief_accounts (id),
  created_at timestamptz not null default now()
);
create index postings_transaction on postings (transaction_id);
create index postings_account on postings (account_id, id);
create index postings_order_line on postings (order_line_id) where order_line_id is not null;

create table ledger_seals (
  id uuid primary key,
  seq bigint generated always as identity unique,
  first_seq bigint not null,
  last_seq bigint not null check (last_seq >= first_seq),
  transaction_count integer not null check (transaction_count > 0),
  merkle_root bytea not null check (length(merkle_root) = 32),
  previous_root bytea check (length(previous_root) = 32),
  chained_root bytea not null unique check (length(chained_root) = 32),
  created_at timestamptz not null default now()
);

-- Deferred to the commit, so that a transaction may write its postings one by one.
create function ledger_transaction_must_balance() returns trigger language plpgsql as $$
declare
  checked uuid;
  total bigint;
  parts integer;
begin
  if tg_table_name = 'ledger_transactions' then
    checked := new.id;
  else
    checked := new.transaction_id;
  end if;
  select coalesce(sum(fen), 0), count(*) into total, parts from postings where transaction_id = checked;
  if total <> 0 or parts < 2 then
    raise exception 'ledger transaction % does not balance: % postings sum to % fen', checked, parts, total
      using errcode = 'check_violation', constraint = 'ledger_transaction_balances';
  end if;
  return null;
end $$;

create constraint trigger ledger_transaction_balances
  after insert on ledger_transactions deferrable initially deferred
  for each row execute function ledger_transaction_must_balance();
create constraint trigger posting_balances
  after insert on postings deferrable initially deferred
  for each row execute function ledger_transaction_must_balance();

-- A posting may only join the transaction that is being written now: a balanced pair
-- slipped into an old transaction would change history without unbalancing it.
create function postings_join_their_own_transaction() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from ledger_transactions t
    where t.id = new.transaction_id and t.xmin::text = (pg_current_xact_id()::text::bigint % 4294967296)::text
  ) then
    raise exception 'ledger transaction % is closed', new.transaction_id
      using errcode = 'check_violation', constraint = 'ledger_transaction_is_closed';
  end if;
  return new;
end $$;

create function ledger_is_written_once() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is written once: % on % is refused', tg_op, tg_table_name
    using errcode = 'restrict_violation', constraint = 'ledger_is_written_once';
end $$;

create trigger postings_join_open_transaction before insert on postings
  for each row execute function postings_join_their_own_transaction();

create trigger ledger_transactions_written_once before update or delete on ledger_transactions
  for each row execute function ledger_is_written_once();
create trigger ledger_transactions_not_truncated before truncate on ledger_transactions
  for each statement execute function ledger_is_written_once();
create trigger postings_written_once before update or delete on postings
  for each row execute function ledger_is_written_once();
create trigger postings_not_truncated before truncate on postings
  for each statement execute function ledger_is_written_once();
create trigger ledger_seals_written_once before update or delete on ledger_seals
  for each row execute function ledger_is_written_once();
create trigger ledger_seals_not_truncated before truncate on ledger_seals
  for each statement execute function ledger_is_written_once();
-- Renaming an account or changing its kind would rewrite every posting on it.
create trigger ledger_accounts_written_once before update or delete on ledger_accounts
  for each row execute function ledger_is_written_once();
create trigger ledger_accounts_not_truncated before truncate on ledger_accounts
  for each statement execute function ledger_is_written_once();
