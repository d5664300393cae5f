-- What a buyer wants written on the invoice (发票) for her order. The cooperatives that sold issue it;
-- the market keeps only what is to stand on it, with the order.
create table invoice_details (
  order_id uuid primary key references orders (id),
  kind text not null check (kind in ('personal', 'company')),
  title text not null check (length(title) between 1 and 100),
  tax_number text check (tax_number ~ '^[0-9A-Z]{15,20}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint a_company_has_a_number check ((kind = 'company') = (tax_number is not null))
);
comment on table invoice_details is
  'Shown to the buyer and to the managers of the cooperatives whose parcels the order has, to nobody else.';
