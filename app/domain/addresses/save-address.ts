import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { addressOwner, isAddressOf } from "./address-of.ts";

export type Address = { recipient: string; phone: string; regionCode: string; street: string };

/**
 * Remembers an address for the buyer's next order. One that she used before only becomes the
 * latest again, so sending it twice keeps one row. The caller has validated the fields.
 */
export async function saveAddress(db: Kysely<DB>, buyer: BuyerScope, address: Address) {
  const row = {
    recipient: address.recipient,
    phone: address.phone,
    region_code: address.regionCode,
    street: address.street,
  };
  const known = await db
    .updateTable("addresses")
    .set({ updated_at: sql`now()` })
    .where(isAddressOf(buyer))
    .where("recipient", "=", row.recipient)
    .where("phone", "=", row.phone)
    .where("region_code", "=", row.region_code)
    .where("street", "=", row.street)
    .executeTakeFirst();
  if (known.numUpdatedRows > 0n) return;
  await db
    .insertInto("addresses")
    .values({ id: uuidv7(), ...addressOwner(buyer), ...row })
    .execute();
}
