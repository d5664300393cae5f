-- How many sale units of a listing one order may take, so that few boxes go round; none where its
-- seller sets no bound. A cart's line holds 999 at most whatever stands here.
alter table listings
  add column most_per_order integer check (most_per_order between 1 and 999);

alter table listing_changes
  drop constraint listing_changes_what_check,
  add constraint listing_changes_what_check check (what in ('title', 'titleEn', 'grade', 'unit',
    'price', 'harvestedOn', 'photos', 'shipsFrom', 'presaleLimit', 'mostPerOrder', 'status',
    'restock', 'sell-out', 'called-off'));
