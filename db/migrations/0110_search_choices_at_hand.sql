-- What a hit can be chosen by stands in its row, and is told with it: of 241 hits the kinds of produce
-- were fetched from beside the table, and the certificates by looking each up again, which took
-- half of the whole search.
alter table search_documents
  alter column category_codes set storage main,
  alter column certificates set storage main;
update search_documents
set category_codes = category_codes || '{}'::text[], certificates = certificates || '{}'::text[];

drop function search_hits;
-- The first `most` hits of `wanted` (all there is, where that is null): in stock before sold out, of
-- these what is called by one of `names` before what is not, then the newest. The slices are asked from
-- the newest on, as many more at a time as what was found in them lets expect to be enough. Prices
-- are in fen per jin, from and below.
create function search_hits(
  wanted tsquery, names text[], most integer, stocks text[],
  price_from bigint default null, price_below bigint default null, ships_by date default null
) returns table (
  listing_id uuid, in_stock boolean, rank real, published_at timestamptz, category_codes text[],
  region_code text, cooperative_id uuid, grade text, harvested_on date, fen_per_jin bigint,
  ships_from date, households integer, certificates text[]
) language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  newest constant bigint := coalesce((select max(ordinal) / 512 from search_documents), -1);
  called constant tsquery := (select string_agg(quote_literal(word), ' | ')::tsquery
    from search_words where word = any(names));
  ranking constant tsquery := coalesce(wanted || called, wanted);
  tiers constant tsquery[] :=
    case when called is null then array[wanted] else array[wanted && called, wanted && !!called] end;
  stock text;
  tier tsquery;
  slices tsquery;
  slice bigint;
  oldest bigint;
  width bigint;
  found integer;
  missing integer := most;
begin
  foreach stock in array stocks loop
    foreach tier in array tiers loop
      slice := newest;
      width := 2;
      while slice >= 0 and missing > 0 loop
        oldest := greatest(0, slice - width + 1);
        if width >= 8 then oldest := oldest / 8 * 8; end if;
        if oldest < width then oldest := 0; end if;
        slices := case
          when oldest = 0 and slice = newest then quote_literal(stock)::tsquery
          when width < 8 and oldest > 0 then (
            select string_agg(quote_literal(stock || each), ' | ')::tsquery
            from generate_series(oldest, slice) each)
          else search_slices(stock, oldest, slice) end;
        return query
          select d.listing_id, d.in_stock, coalesce(ts_rank('{0, 0.2, 0.4, 1}', d.weighed, ranking), 0),
            d.published_at, d.category_codes, d.region_code, d.cooperative_id, d.grade,
            d.harvested_on, d.fen_per_jin, d.ships_from, d.households,
            d.certificates
          from search_documents d
          where search_index_terms(d.terms, d.ordinal, d.in_stock, d.category_codes, d.region_code,
              d.cooperative_id, d.grade, d.harvested_on) @@ coalesce(tier && slices, slices)
            and (price_from is null or d.fen_per_jin >= price_from)
            and (price_below is null or d.fen_per_jin < price_below)
            and (ships_by is null or d.ships_from is null or d.ships_from <= ships_by)
          order by d.ordinal desc limit missing;
        get diagnostics found = row_count;
        missing := missing - found;
        -- A few hits say little about how many there are further down.
        width := greatest(width * 2, least(
          (slice - oldest + 1) * missing * 5 / 4 / greatest(found, 1),
          case when found < 8 then width * 8 end));
        slice := oldest - 1;
      end loop;
    end loop;
  end loop;
end $$;
