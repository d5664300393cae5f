import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Copies what the seed sells until so many listings are found, each with prices and days of its own:
 * the listing, its lots and photos, and its document of the search. Nobody is told of them.
 */
export async function fillListings(db: Kysely<DB>, listings: number): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql`
      create temporary table copies as
        select gen_random_uuid() as id, listing_id as of, n
        from search_documents, generate_series(1, ${Math.ceil(listings / 100)}::int) n
        order by n desc limit ${listings} - (select count(*) from search_documents)`.execute(
      connection,
    );
    await sql`
      insert into listings select (jsonb_populate_record(listing, jsonb_build_object(
        'id', copies.id, 'client_key', copies.id,
        'price_fen', 1 + price_fen * (50 + n % 100) / 100,
        'published_at', published_at - n * interval '7 minutes',
        'harvested_on', harvested_on - n % 200))).*
      from copies join listings listing on listing.id = of`.execute(connection);
    await sql`
      insert into lots select (jsonb_populate_record(lot, jsonb_build_object(
        'id', gen_random_uuid(), 'listing_id', copies.id))).*
      from copies join lots lot on listing_id = of`.execute(connection);
    await sql`
      insert into listing_photos select copies.id, photo_id, position
      from copies join listing_photos on listing_id = of`.execute(connection);
    await sql`
      insert into search_documents (listing_id, version, document, terms, category_code,
        category_codes, region_code, cooperative_id, grade, fen_per_jin, in_stock, published_at,
        harvested_on, ships_from, households, certificates, ordinal)
      select copies.id, version, document || jsonb_build_object('id', copies.id), terms,
        category_code, category_codes, region_code, cooperative_id, grade,
        1 + fen_per_jin * (50 + n % 100) / 100, in_stock, published_at - n * interval '7 minutes',
        harvested_on - n % 200, ships_from, households, certificates, nextval('search_ordinals')
      from copies join search_documents on listing_id = of order by n desc`.execute(connection);
    await sql`drop table copies`.execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });
  await sql`vacuum (analyze) listings, lots, listing_photos, search_documents`.execute(db);
}
