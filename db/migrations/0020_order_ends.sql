-- Orders that wait to be completed are looked for every hour; there are few beside those that were.
create index orders_delivered on orders (id) where status = 'delivered';

-- What the payment page last said of an order that is still to be paid. Why a card was declined is
-- between the buyer and her bank, and is not kept.
alter table orders add column is_payment_declined boolean not null default false;
grant update (is_payment_declined) on orders to tianji_app;
