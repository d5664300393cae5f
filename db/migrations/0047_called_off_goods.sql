-- What was sold in a parcel that cannot be sent, and is spoiled or gone: it leaves its lot for good,
-- and the listing's history tells how much and why.

alter table listing_changes
  drop constraint listing_changes_what_check,
  drop constraint listing_changes_reason_check,
  drop constraint listing_changes_check,
  add constraint listing_changes_what_check check (what in ('title', 'titleEn', 'grade', 'unit',
    'price', 'harvestedOn', 'photos', 'shipsFrom', 'presaleLimit', 'status', 'restock', 'sell-out',
    'called-off')),
  add constraint listing_changes_reason_check
    check (reason in ('sold-elsewhere', 'spoiled', 'kept', 'other', 'gone')),
  add constraint listing_changes_check check (
    (what in ('restock', 'sell-out', 'called-off')) = (lot_id is not null and quantity is not null)
    and (what <> 'called-off' or reason is not null));
