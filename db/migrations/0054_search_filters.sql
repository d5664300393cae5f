-- What a search is narrowed and ordered by stands in columns: a document of JSON has to be unpacked
-- for every hit. Filled here as reindexing fills it, so that a filter misses nothing meanwhile.
alter table search_documents
  add column category_codes text[] not null default '{}',
  add column ships_from date,
  add column households integer not null default 0;

update search_documents d set
  category_codes = array(select jsonb_array_elements_text(d.document -> 'categoryCodes')),
  ships_from = l.ships_from,
  households = (select count(distinct household_id) from lots where lots.listing_id = l.id)
from listings l where l.id = d.listing_id;
