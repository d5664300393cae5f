-- How a cooperative packs a day's orders.

-- The board by day: which orders were paid on it.
create index orders_paid on orders (paid_at) where paid_at is not null;
-- The board by carrier, whatever was sent before with others.
create index parcels_carrier on parcels (cooperative_id, carrier, status, id)
  where carrier is not null;
-- A waybill that is scanned again leads to its parcel.
create index parcels_tracking on parcels (cooperative_id, tracking_number)
  where tracking_number is not null;

-- A line that is in the box. A row comes with the tick and goes with it, each line by itself: of two
-- who pack one parcel neither can undo what the other has ticked meanwhile.
create table parcel_ticks (
  order_line_id uuid primary key references order_lines (id),
  parcel_id uuid not null references parcels (id),
  ticked_by text not null,
  ticked_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index parcel_ticks_parcel on parcel_ticks (parcel_id);

-- A file of tracking numbers is kept as it was understood, so that what was looked at is what is taken.
create table tracking_files (
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
comment on table tracking_files is
  'Order numbers, carriers and tracking numbers. No names and no addresses.';
revoke update, delete on tracking_files from tianji_app;
grant update (taken_by_user_id, taken_at, outcome) on tracking_files to tianji_app;
