-- Claims 售后: a buyer says within 48 hours of delivery which share of her goods was spoiled, and
-- what stands in claim-rules.ts decides. Money goes back by a refund, as all money does.

-- Nothing ever wrote the first draft of it.
drop table claims;
create table claims (
  id uuid primary key,
  order_id uuid not null references orders (id),
  parcel_id uuid not null references parcels (id),
  cooperative_id uuid not null references cooperatives (id),
  client_key uuid not null,
  state text not null default 'waiting' check (state in (
    'waiting', 'offered', 'refused', 'escalated', 'settled', 'closed')),
  words text not null default '' check (length(words) <= 500),
  asked_fen bigint not null check (asked_fen > 0),
  granted_fen bigint check (granted_fen between 1 and asked_fen),
  fault text check (fault in ('farm', 'cooperative', 'carrier')),
  reason text not null default '' check (length(reason) <= 60),
  due_at timestamptz,
  refund_id uuid unique references refunds (id),
  sent_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (parcel_id, client_key),
  constraint claims_wait_until_a_day check ((due_at is not null) = (state in ('waiting', 'offered', 'refused'))),
  constraint claims_settle_by_a_refund check ((refund_id is not null) = (state = 'settled')),
  constraint claims_grant_with_a_fault check ((granted_fen is not null) = (state in ('offered', 'settled'))
    and (fault is not null) = (granted_fen is not null)),
  constraint claims_offer_less check (state <> 'offered' or granted_fen < asked_fen)
);
create index claims_order on claims (order_id);
create index claims_due on claims (due_at) where due_at is not null;
create index claims_cooperative on claims (cooperative_id, id desc);
create index claims_escalated on claims (id) where state = 'escalated';
comment on column claims.granted_fen is 'What the cooperative offers, or what the refund gives.';
comment on column claims.due_at is 'When the claim moves on by itself: see lapse-claims.ts.';

create table claim_lines (
  claim_id uuid not null references claims (id),
  order_line_id uuid not null references order_lines (id),
  percent integer not null check (percent in (10, 25, 50, 75, 100)),
  asked_fen bigint not null check (asked_fen > 0),
  is_open boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (claim_id, order_line_id)
);
create unique index claim_lines_one_open on claim_lines (order_line_id) where is_open;

-- A line is asked for no more than is left of its price, and in a claim for its own parcel.
create function claim_lines_stay_within_line() returns trigger language plpgsql as $$
declare
  left_fen bigint;
begin
  select l.line_fen - coalesce((
    select sum(s.fen) from refund_parts s join refunds r on r.id = s.refund_id
    where s.order_line_id = l.id and r.status <> 'failed'), 0)
  into left_fen
  from order_lines l join claims c on c.parcel_id = l.parcel_id and c.id = new.claim_id
  where l.id = new.order_line_id;
  if left_fen is null or new.asked_fen > left_fen then
    raise exception 'claim % asks % of % fen of line %', new.claim_id, new.asked_fen, left_fen, new.order_line_id
      using errcode = 'check_violation', constraint = 'claim_lines_stay_within_line';
  end if;
  return new;
end $$;
create trigger claim_lines_stay_within_line before insert on claim_lines
  for each row execute function claim_lines_stay_within_line();

-- While a claim is open none of its lines can be in another.
create function claims_close_their_lines() returns trigger language plpgsql as $$
begin
  update claim_lines set is_open = new.state not in ('settled', 'closed') where claim_id = new.id;
  return null;
end $$;
create trigger claims_close_their_lines after update of state on claims
  for each row execute function claims_close_their_lines();

-- Private: for the buyer, the cooperative and the operator. No public picture is made of them, so
-- they are no rows of photos. Until the claim is sent they belong to its order alone.
create table claim_photos (
  id uuid primary key,
  order_id uuid not null references orders (id),
  claim_id uuid references claims (id),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{32}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  created_at timestamptz not null default now()
);
create unique index claim_photos_waiting on claim_photos (order_id, content_hash) where claim_id is null;
create index claim_photos_claim on claim_photos (claim_id) where claim_id is not null;

create table claim_events (
  id uuid primary key,
  claim_id uuid not null references claims (id),
  kind text not null check (kind in ('send', 'settle-at-once', 'accept', 'offer', 'refuse', 'take',
    'escalate', 'lapse', 'grant', 'dismiss', 'assign')),
  by_side text not null check (by_side in ('buyer', 'cooperative', 'operator', 'market')),
  by_user_id text,
  state text not null,
  fen bigint,
  fault text,
  note text not null default '',
  occurred_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index claim_events_claim on claim_events (claim_id, id);

revoke delete on claims, claim_lines from tianji_app;
revoke update, delete on claim_events from tianji_app;

-- What a cooperative bears in a household's stead: see compensate-farm.ts.
alter table ledger_transactions drop constraint ledger_transactions_kind_check;
alter table ledger_transactions add constraint ledger_transactions_kind_check
  check (kind in ('sale', 'refund', 'payout', 'payout-bounce', 'reversal', 'suspense', 'dispute',
    'stripe-fee', 'stripe-payout', 'opening', 'claim'));
