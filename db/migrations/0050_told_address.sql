-- Of two sendings of a checkout form the one that was sent later counts, not the one that arrives
-- later: what a browser was told last of the order's address comes with what it sends.

alter table orders add column address_revision integer not null default 0;
grant update (address_revision) on orders to tianji_app;
comment on column orders.address_revision is
  'How often its buyer has corrected the address. A correction that was sent without knowing of the last one changes nothing.';
