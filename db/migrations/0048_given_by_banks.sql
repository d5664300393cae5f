-- What a bank gives a buyer by a lost dispute counts first as what was on its way to her already and
-- has not reached her: a refund that this dispute has given, which no Stripe knows of.
alter table refunds
  add column dispute_id uuid references disputes (id),
  add column stands_for_refund_id uuid references refunds (id),
  add constraint refunds_bank_check check (dispute_id is null
    or stripe_refund_id is null and bank_reference is null and status in ('succeeded', 'failed'));
comment on column refunds.dispute_id is
  'The lost dispute by which a bank has given it to the buyer; null when the market gives it.';
comment on column refunds.stands_for_refund_id is
  'The request that was let go of for it: given by a bank, its rest, or asked for again.';
create index refunds_by_dispute on refunds (dispute_id) where dispute_id is not null;
create index refunds_stand_for on refunds (stands_for_refund_id)
  where stands_for_refund_id is not null;
