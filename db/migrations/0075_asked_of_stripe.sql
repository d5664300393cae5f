-- When Stripe was asked for a refund and has not been heard of since: it may have it. What it was
-- never asked for, or has refused, somebody may have given by hand in its stead.

alter table refunds add column asking_at timestamptz;
comment on column refunds.asking_at is
  'Set before Stripe is asked for it, emptied when Stripe has refused it for now.';
update refunds set asking_at = updated_at
where status = 'requested' and stripe_refund_id is null and failure is null
  and bank_reference is null and dispute_id is null;
grant update (asking_at) on refunds to tianji_app;
