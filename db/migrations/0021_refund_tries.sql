-- A refund that Stripe refuses for now (our balance there is too low, say) is asked for again later.

alter table refunds
  add column refusals integer not null default 0 check (refusals >= 0),
  add column try_again_at timestamptz;
comment on column refunds.refusals is
  'How often Stripe refused it for now. Part of the next idempotency key: Stripe remembers a refusal under its key.';
comment on column refunds.try_again_at is 'Not before then is Stripe asked again; null when there is nothing to wait for.';
grant update (refusals, try_again_at) on refunds to tianji_app;
