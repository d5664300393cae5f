-- What a cooperative writes to the buyer with the money it gives back.
alter table refunds add column note text not null default '';

-- A tracking number that was put right: any number of times, and what stood before is kept.
alter table parcel_events
  add column former_carrier text,
  add column former_tracking_number text,
  drop constraint parcel_events_kind_check,
  drop constraint parcel_events_parcel_id_kind_key,
  add constraint parcel_events_kind_check check (kind in ('waiting', 'accepted', 'packed',
    'shipped', 'delivered', 'cancelled', 'shipment-corrected')),
  add constraint parcel_events_former_check check (
    (kind = 'shipment-corrected') = (former_tracking_number is not null)
    and (former_carrier is null) = (former_tracking_number is null));
create index parcel_events_parcel on parcel_events (parcel_id);
create unique index parcel_events_once on parcel_events (parcel_id, kind)
  where kind <> 'shipment-corrected';
