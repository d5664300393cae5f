-- A household that was told of a sale is told as well when the goods are called off before it has
-- brought them. No reference to orders: who calls one off holds its row, and waits for whoever tells.
create table told_sales (
  household_id uuid not null references households (id),
  order_id uuid not null,
  told_at timestamptz not null default now(),
  primary key (household_id, order_id)
);
comment on table told_sales is
  'Sales that a household has been told of (untold_sales before that).';

create table untold_call_offs (
  household_id uuid not null references households (id),
  parcel_id uuid not null references parcels (id),
  created_at timestamptz not null default now(),
  primary key (household_id, parcel_id)
);
comment on table untold_call_offs is
  'Parcels of told sales that were called off unpacked, which a household has not been told of yet.';
