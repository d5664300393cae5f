-- What a crop was sold for of late is found by its listings and by when they were ordered, not by
-- reading every listing and every order they ever had.
drop index order_lines_listing;
create index order_lines_listing on order_lines (listing_id, created_at);
create index listings_crop on listings (category_code, region_code);
