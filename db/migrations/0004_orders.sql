-- Carts, orders, payments, parcels.

create table carts (
  id uuid primary key,
  user_id text unique,
  visitor_id text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((user_id is null) <> (visitor_id is null))
);

create table cart_items (
  cart_id uuid not null references carts (id) on delete cascade,
  listing_id uuid not null references listings (id),
  quantity integer not null check (quantity between 1 and 999),
  seen_price_fen bigint not null check (seen_price_fen > 0),
  created_at timestamptz not null default now(),
  primary key (cart_id, listing_id)
);

create table addresses (
  id uuid primary key,
  user_id text,
  visitor_id text,
  recipient text not null check (length(recipient) between 1 and 40),
  phone text not null check (phone ~ '^\+?\d{6,15}$'),
  region_code text not null references regions (code),
  street text not null check (length(street) between 1 and 120),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((user_id is null) <> (visitor_id is null))
);
create index addresses_user on addresses (user_id, updated_at desc);
create index addresses_visitor on addresses (visitor_id, updated_at desc);

create sequence order_numbers;
create table orders (
  id uuid primary key,
  number text not null unique check (number ~ '^TJ\d{14}$'),
  buyer_user_id text,
  visitor_id text,
  status text not null default 'pending-payment' check (status in (
    'pending-payment', 'paid', 'packing', 'shipped', 'delivered', 'completed',
    'cancelled', 'expired', 'partly-refunded', 'refunded', 'disputed')),
  idempotency_key text not null unique check (length(idempotency_key) between 16 and 100),
  address jsonb not null,
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  produce_fen bigint not null check (produce_fen > 0),
  freight_fen bigint not null check (freight_fen >= 0),
  total_fen bigint not null check (total_fen > 0),
  checkout_session_id text unique,
  checkout_url text,
  expires_at timestamptz not null,
  paid_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_adds_up check (produce_fen + freight_fen = total_fen),
  check (buyer_user_id is not null or visitor_id is not null)
) with (fillfactor = 80);
create index orders_user on orders (buyer_user_id, created_at desc);
create index orders_visitor on orders (visitor_id, created_at desc);
create index orders_expiring on orders (expires_at) where status = 'pending-payment';
comment on column orders.address is
  'Snapshot {"recipient","phone","regionCode","regionZh","regionEn","street"}: what was printed on the parcel stays, whatever the address book says later.';

create table parcels (
  id uuid primary key,
  order_id uuid not null references orders (id),
  cooperative_id uuid not null references cooperatives (id),
  status text not null default 'waiting' check (status in (
    'waiting', 'accepted', 'packed', 'shipped', 'delivered', 'cancelled')),
  freight_fen bigint not null check (freight_fen >= 0),
  weight_grams bigint not null check (weight_grams > 0),
  carrier text,
  tracking_number text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (order_id, cooperative_id),
  check (status not in ('shipped', 'delivered') or (carrier is not null and tracking_number is not null))
) with (fillfactor = 80);
create index parcels_cooperative on parcels (cooperative_id, status, id);

create table parcel_events (
  id uuid primary key,
  parcel_id uuid not null references parcels (id),
  kind text not null check (kind in ('waiting', 'accepted', 'packed', 'shipped', 'delivered', 'cancelled')),
  by_user_id text,
  note text not null default '',
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (parcel_id, kind)
);

create table order_lines (
  id uuid primary key,
  order_id uuid not null references orders (id),
  parcel_id uuid not null references parcels (id),
  listing_id uuid not null references listings (id),
  cooperative_id uuid not null references cooperatives (id),
  title_zh text not null,
  title_en text not null,
  grade text not null,
  unit text not null,
  unit_grams integer not null,
  quantity integer not null check (quantity > 0),
  unit_price_fen bigint not null check (unit_price_fen > 0),
  line_fen bigint not null,
  fee_basis_points integer not null check (fee_basis_points between 0 and 3000),
  fee_fen bigint not null check (fee_fen >= 0),
  created_at timestamptz not null default now(),
  constraint line_adds_up check (line_fen = quantity * unit_price_fen),
  check (fee_fen <= line_fen),
  unique (order_id, listing_id)
);
create index order_lines_parcel on order_lines (parcel_id);
create index order_lines_listing on order_lines (listing_id);

create table allocations (
  id uuid primary key,
  order_line_id uuid not null references order_lines (id),
  lot_id uuid not null references lots (id),
  relief_account_id uuid not null references relief_accounts (id),
  quantity integer not null check (quantity > 0),
  fen bigint not null check (fen >= 0),
  state text not null default 'held' check (state in ('held', 'sold', 'released')),
  created_at timestamptz not null default now(),
  unique (order_line_id, lot_id)
);
create index allocations_relief on allocations (relief_account_id, id);
create index allocations_lot on allocations (lot_id);

create table payments (
  id uuid primary key,
  order_id uuid not null references orders (id),
  checkout_session_id text not null,
  payment_intent_id text not null unique,
  charge_id text unique,
  balance_transaction_id text,
  status text not null check (status in ('succeeded', 'refunded', 'partly-refunded', 'suspense', 'disputed')),
  fen bigint not null check (fen > 0),
  currency text not null,
  paid_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index payments_order on payments (order_id);

create table refunds (
  id uuid primary key,
  payment_id uuid not null references payments (id),
  order_id uuid not null references orders (id),
  stripe_refund_id text unique,
  idempotency_key text not null unique,
  status text not null check (status in ('requested', 'pending', 'succeeded', 'failed')),
  reason text not null,
  fen bigint not null check (fen > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index refunds_order on refunds (order_id);

create table disputes (
  id uuid primary key,
  payment_id uuid not null references payments (id),
  stripe_dispute_id text not null unique,
  status text not null,
  fen bigint not null check (fen > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table stripe_events (
  event_id text primary key,
  type text not null,
  object_id text not null,
  created_by_stripe_at timestamptz not null,
  processed_at timestamptz,
  outcome text,
  created_at timestamptz not null default now()
);
