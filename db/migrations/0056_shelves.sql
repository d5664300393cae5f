-- The shop's shelves by crop, county, cooperative and household, each read newest first by key:
-- none may read every listing there is.
drop index listings_category;
create index listings_shelf on listings (category_code, published_at desc, id)
  where status = 'published';
create index listings_of_county on listings (left(region_code, 6), published_at desc, id)
  where status = 'published';
create index listings_of_cooperative on listings (cooperative_id, published_at desc, id)
  where status = 'published';
-- What is in season: the freshest harvest of each crop.
create index listings_harvested on listings (category_code, harvested_on desc)
  where status = 'published';
-- Which crops and villages there are is found by leaping from one to the next.
create index listings_cooperative_crops on listings (cooperative_id, category_code)
  where status = 'published';
create index listings_villages on listings (left(region_code, 6), village_zh)
  where status = 'published' and not is_pooled;

-- A household's page is found by its alias: its id must not reach the public, nor must its name.
alter table households add column page_name text not null
  generated always as (lower(regexp_replace(alias_en, '[·/\s]+', '-', 'g'))) stored;
alter table households add constraint households_page_name unique (page_name);
