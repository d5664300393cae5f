import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

export type FullCart = { owner: string; listingIds: string[] };

/**
 * Makes a cart for each owner, one unit of each listing in it, at the price of now. `column` says
 * whether the owners are visitors or users. A cart that stands already is filled again.
 */
export async function fillCarts(
  db: Kysely<DB>,
  column: "visitor_id" | "user_id",
  carts: readonly FullCart[],
): Promise<void> {
  const owner = sql.ref(column);
  await sql`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(carts)}::jsonb)
        as w (owner text, "listingIds" uuid[])
    ), made as (
      insert into carts (id, ${owner}) select uuidv7(), owner from wanted
      on conflict (${owner}) do update set updated_at = clock_timestamp()
      returning id, ${owner} as owner
    )
    insert into cart_items (cart_id, listing_id, quantity, seen_price_fen)
    select made.id, l.id, 1, l.price_fen
    from wanted join made using (owner)
    join listings l on l.id = any(wanted."listingIds")`.execute(db);
}
