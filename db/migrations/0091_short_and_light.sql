-- What is not in the box that was sold, and what weighs less than was sold.

-- Of what a lot provides of a line so much could not be sent: it left the lot for good, and its money
-- goes back. What was sold and for how much stays as it is.
alter table allocations
  add column short_units integer not null default 0,
  add constraint allocations_short_units_check check (short_units between 0 and quantity);
grant update (short_units) on allocations to tianji_app;

create table line_shortages (
  id uuid primary key,
  parcel_id uuid not null references parcels (id),
  order_line_id uuid not null references order_lines (id),
  quantity integer not null check (quantity > 0),
  reason text not null check (reason in ('spoiled', 'gone')),
  refund_id uuid not null references refunds (id),
  client_key text not null check (length(client_key) between 1 and 100),
  said_by text not null,
  created_at timestamptz not null default now(),
  unique (parcel_id, client_key)
);
revoke update, delete on line_shortages from tianji_app;

create table line_weights (
  id uuid primary key,
  parcel_id uuid not null references parcels (id),
  order_line_id uuid not null references order_lines (id),
  expected_grams bigint not null check (expected_grams > 0),
  actual_grams bigint not null check (actual_grams > 0),
  refund_id uuid references refunds (id),
  refund_fen bigint not null check (refund_fen >= 0),
  client_key text not null check (length(client_key) between 1 and 100),
  weighed_by text not null,
  created_at timestamptz not null default now(),
  unique (parcel_id, client_key),
  check ((refund_id is null) = (refund_fen = 0))
);
comment on column line_weights.refund_fen is
  'what this weighing gave back beyond those before it; heavier than sold, or than weighed before, gives nothing';
create index line_weights_line on line_weights (order_line_id);
revoke update, delete on line_weights from tianji_app;
