-- Paying households out, claims, reviews, who did what, and signs of life.

create table payout_runs (
  id uuid primary key,
  number text not null unique,
  cooperative_id uuid not null references cooperatives (id),
  status text not null default 'prepared' check (status in ('prepared', 'confirmed', 'cancelled')),
  client_key text not null unique,
  total_fen bigint not null check (total_fen > 0),
  payout_count integer not null check (payout_count > 0),
  prepared_by_user_id text not null,
  confirmed_by_user_id text,
  prepared_at timestamptz not null default now(),
  confirmed_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index payout_runs_one_open on payout_runs (cooperative_id) where status = 'prepared';

create table payouts (
  id uuid primary key,
  payout_run_id uuid not null references payout_runs (id),
  household_id uuid not null references households (id),
  relief_account_id uuid not null references relief_accounts (id),
  fen bigint not null check (fen > 0),
  status text not null default 'prepared' check (status in ('prepared', 'paid', 'bounced', 'cancelled')),
  bounce_reason text,
  bank_account_name text not null,
  bank_account_number text not null,
  bank_name text not null,
  created_at timestamptz not null default now(),
  unique (payout_run_id, relief_account_id)
);
create index payouts_relief on payouts (relief_account_id, id);

create table claims (
  id uuid primary key,
  order_line_id uuid not null references order_lines (id),
  status text not null check (status in ('open', 'accepted', 'refused', 'escalated')),
  spoiled_share numeric(5, 4) not null check (spoiled_share > 0 and spoiled_share <= 1),
  refund_id uuid references refunds (id),
  decided_at timestamptz,
  created_at timestamptz not null default now()
);

create table reviews (
  id uuid primary key,
  order_line_id uuid not null unique references order_lines (id),
  stars smallint not null check (stars between 1 and 5),
  body text not null default '' check (length(body) <= 1000),
  state text not null default 'shown' check (state in ('shown', 'hidden')),
  created_at timestamptz not null default now()
);

create table audit_log (
  id uuid primary key,
  actor_user_id text,
  action text not null,
  subject_type text not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  created_at timestamptz not null default now()
);
create index audit_log_subject on audit_log (subject_type, subject_id, id);

create table heartbeats (
  name text primary key,
  beat_at timestamptz not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);
