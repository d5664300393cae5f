-- What a bank took or gave back stands in Stripe's balance also when no webhook told of it: the sweeper
-- looks for such lines every five minutes.
create index stripe_movements_disputes on stripe_movements (created_at)
  where category in ('dispute', 'dispute_reversal');
