-- A search reads as many rows as a page and its counts are worth, however many there are to find.
-- What it may be narrowed by stands beside the words in the index, so that no row is read in vain;
-- and listings stand there in slices by age, so that the newest of a hundred thousand are found
-- without the rest.

-- In the order in which they were first put on the shelf; writing a document anew changes nothing.
create sequence search_ordinals;
alter table search_documents add column ordinal bigint;
update search_documents d set ordinal = nextval('search_ordinals')
from (select listing_id from search_documents order by published_at, listing_id) by_age
where by_age.listing_id = d.listing_id;
alter table search_documents alter column ordinal set not null, alter column ordinal set default 0;
create unique index search_documents_ordinal on search_documents (ordinal);

create function number_search_document() returns trigger language plpgsql as $$
begin
  new.ordinal := coalesce(
    (select ordinal from search_documents where listing_id = new.listing_id),
    nextval('search_ordinals'));
  return new;
end $$;
create trigger search_documents_number before insert on search_documents
  for each row execute function number_search_document();

-- The words that rank a hit, kept in the row itself: to unpack all terms costs ten times as much.
alter table search_documents add column weighed tsvector not null
  generated always as (ts_filter(terms, '{a,b,c}')) stored;
alter table search_documents alter column weighed set storage main;

-- Words begin with a letter, a digit or "="; "~" is stock and age, "@" what can be chosen.
create function search_index_terms(
  terms tsvector, ordinal bigint, in_stock boolean, category_codes text[], region_code text,
  cooperative_id uuid, grade text, harvested_on date
) returns tsvector language sql immutable parallel safe as $$
  select strip(terms) || array_to_tsvector(array[
    case when in_stock then '~i' else '~o' end,
    case when in_stock then '~i' else '~o' end || ordinal / 512,
    '@g' || grade,
    '@k' || cooperative_id,
    '@h' || extract(year from harvested_on) * 100 + extract(month from harvested_on),
    '@r' || region_code || '.',
    '@r' || left(region_code, 2),
    '@r' || left(region_code, 4),
    '@r' || left(region_code, 6)
  ] || array(select '@c' || code from unnest(category_codes) code))
$$;
drop index search_documents_terms;
create index search_documents_terms on search_documents using gin (
  search_index_terms(terms, ordinal, in_stock, category_codes, region_code, cooperative_id, grade,
    harvested_on)) with (fastupdate = off);
drop index search_documents_newest;
-- The orders in which all there is can be leafed through.
create index search_documents_cheapest
  on search_documents (in_stock desc, fen_per_jin, published_at desc, listing_id);
create index search_documents_households
  on search_documents (in_stock desc, households desc, published_at desc, listing_id);

-- The Latin words of all documents: what a word begins, and what a misspelt one may be meant for
-- (never an alias: a letter off is another household). What no listing has any more may stay.
create table search_words (
  word text primary key,
  is_name boolean not null,
  created_at timestamptz not null default now()
);
create index search_words_alike on search_words using gin (word gin_trgm_ops) where is_name;
insert into search_words (word, is_name)
select word, bool_or(is_name) from (
  select lexeme as word, false as is_name from search_documents, unnest(terms)
    where lexeme ~ '^[a-z0-9]+$'
  union select unnest(string_to_array(latin, ' ')), true from search_documents
) every where word <> '' group by word;
alter table search_documents drop column latin;

-- A word or what it begins, at most 32 of these, the shortest first: "yanyu" is yanyuan, yanyuanxian.
-- "word:*" would have the index read every listing that has any of them.
create function search_words_beginning(typed text) returns tsquery
language sql stable parallel safe as $$
  select string_agg(quote_literal(word), ' | ')::tsquery from (
    select typed as word
    union
    (select word from (
      select word from search_words where word > typed and word < typed || '{' order by word limit 2000
    ) longer order by length(word), word limit 32)
  ) words
$$;

-- The first `most` hits of `wanted` (all there is, where that is null): in stock before sold out, of these what is called by `names`
-- before what is not, then the newest. The slices are asked from the newest on, more at a time as
-- long as too little is found in them. Prices are in fen per jin, from and below.
create function search_hits(
  wanted tsquery, names tsquery, most integer, stocks text[],
  price_from bigint default null, price_below bigint default null, ships_by date default null
) returns table (
  listing_id uuid, in_stock boolean, rank real, published_at timestamptz, category_codes text[],
  region_code text, cooperative_id uuid, grade text, harvested_on date, fen_per_jin bigint,
  ships_from date, households integer
) language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  newest constant bigint := coalesce((select max(ordinal) / 512 from search_documents), -1);
  ranking constant tsquery := coalesce(wanted || names, wanted);
  tiers constant tsquery[] :=
    case when names is null then array[wanted] else array[wanted && names, wanted && !!names] end;
  stock text;
  tier tsquery;
  slices tsquery;
  slice bigint;
  width bigint;
  found integer;
  missing integer := most;
begin
  foreach stock in array stocks loop
    foreach tier in array tiers loop
      slice := newest;
      width := 2;
      while slice >= 0 and missing > 0 loop
        if slice < width * 2 then
          width := slice + 1;
          slices := quote_literal(stock)::tsquery;
        else
          select string_agg(quote_literal(stock || each), ' | ')::tsquery into slices
          from generate_series(slice - width + 1, slice) each;
        end if;
        return query
          select d.listing_id, d.in_stock, coalesce(ts_rank('{0, 0.2, 0.4, 1}', d.weighed, ranking), 0),
            d.published_at, d.category_codes, d.region_code, d.cooperative_id, d.grade,
            d.harvested_on, d.fen_per_jin, d.ships_from, d.households
          from search_documents d
          where search_index_terms(d.terms, d.ordinal, d.in_stock, d.category_codes, d.region_code,
              d.cooperative_id, d.grade, d.harvested_on) @@ coalesce(tier && slices, slices)
            -- Not by the index of ordinals: it would be read whole.
            and d.ordinal + 0 < (slice + 1) * 512
            and (price_from is null or d.fen_per_jin >= price_from)
            and (price_below is null or d.fen_per_jin < price_below)
            and (ships_by is null or d.ships_from is null or d.ships_from <= ships_by)
          order by d.ordinal desc limit missing;
        get diagnostics found = row_count;
        missing := missing - found;
        slice := slice - width;
        width := least(width * 8, greatest(width * 2, width * missing * 5 / 4 / greatest(found, 1)));
      end loop;
    end loop;
  end loop;
end $$;
