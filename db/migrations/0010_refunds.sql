-- Refunds of parts, stock that comes back from a cancelled parcel, disputes.

alter table refunds
  add column parcel_id uuid references parcels (id),
  add column asked_by_user_id text,
  add column told_at timestamptz;
create index refunds_payment on refunds (payment_id);
create index disputes_payment on disputes (payment_id);
comment on column refunds.told_at is 'When the buyer was sent a message about it; a job run again sends none.';

-- Who gives back how much: the opposite of postings of the sale, kept when the refund is asked
-- for, so that two refunds under way at once cannot both count on the same fen.
create table refund_parts (
  id uuid primary key,
  refund_id uuid not null references refunds (id),
  account_code text not null references ledger_accounts (code),
  order_line_id uuid references order_lines (id),
  relief_account_id uuid references relief_accounts (id),
  fen bigint not null check (fen > 0),
  created_at timestamptz not null default now(),
  unique nulls not distinct (refund_id, account_code, order_line_id)
);
revoke update, delete on refund_parts from tianji_app;

-- Never more than was paid, whoever asks and however many at once: the payment's row is locked
-- first, so that each sees what the other has asked for.
create function refunds_stay_within_payment() returns trigger language plpgsql as $$
declare
  paid bigint;
  given bigint;
begin
  select fen into paid from payments where id = new.payment_id for update;
  select coalesce(sum(fen), 0) into given from refunds
    where payment_id = new.payment_id and status <> 'failed';
  if given > paid then
    raise exception 'refunds of payment % sum to % of % fen', new.payment_id, given, paid
      using errcode = 'check_violation', constraint = 'refunds_stay_within_payment';
  end if;
  return null;
end $$;
create trigger refunds_stay_within_payment after insert or update of fen, status on refunds
  for each row execute function refunds_stay_within_payment();

-- `returned`: it was sold, and its parcel was cancelled before it left.
alter table allocations drop constraint allocations_state_check;
alter table allocations add constraint allocations_state_check
  check (state in ('held', 'sold', 'released', 'returned'));
