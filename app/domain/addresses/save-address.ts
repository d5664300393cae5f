import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy, ownerOf } from "../owned-by.ts";

export type Address = { recipient: string; phone: string; regionCode: string; street: string };

/**
 * Remembers an address for the buyer's next order. One that she used before only becomes the
 * latest again, so sending it twice keeps one row. The caller has validated the fields. One round
 * trip.
 */
export async function saveAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { recipient, phone, regionCode, street }: Address,
): Promise<void> {
  const { user_id, visitor_id } = ownerOf(buyer);
  await sql`
    with known as (
      update addresses set updated_at = now()
      where ${isOwnedBy("addresses", buyer)} and recipient = ${recipient} and phone = ${phone}
        and region_code = ${regionCode} and street = ${street}
      returning 1
    )
    insert into addresses (id, user_id, visitor_id, recipient, phone, region_code, street)
    select ${uuidv7()}::uuid, ${user_id}, ${visitor_id}, ${recipient}, ${phone}, ${regionCode}, ${street}
    where not exists (select from known)`.execute(db);
}
