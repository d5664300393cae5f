-- What Stripe could not give back and the operator has paid by bank transfer: a refund like any
-- other, which no Stripe knows of.
alter table refunds
  add column paid_on date,
  add column bank_reference text check (length(bank_reference) between 1 and 64),
  add constraint refunds_transfer_check check ((paid_on is null) = (bank_reference is null)
    and (bank_reference is null
      or stripe_refund_id is null and status in ('succeeded', 'failed')));
comment on column refunds.paid_on is 'The day in China on which it was paid by bank transfer; null when Stripe gives it back.';
-- One transfer is booked once for an order, also by two operators at once.
create unique index refunds_bank_reference on refunds (order_id, bank_reference);
