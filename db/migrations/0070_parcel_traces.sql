-- Whoever holds a parcel may read where what is in it grew, by a code printed on it. It is drawn by
-- chance (122 bits) and made of nothing: neither the order nor its buyer can be found by it, and
-- nobody finds a parcel by trying.
alter table parcels add column trace_code text not null
  default translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/=', '-_')
  check (trace_code ~ '^[A-Za-z0-9_-]{22}$');
create unique index parcels_trace on parcels (trace_code);
comment on column parcels.trace_code is
  'What the QR code on the parcel leads to: /trace/<code>, a page for anybody who holds the parcel.';
