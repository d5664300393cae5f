import type { Kysely } from "kysely";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy } from "../owned-by.ts";
import type { Address } from "./save-address.ts";

/** The address of the buyer's latest order, to fill the next form with; null the first time. */
export async function readLastAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
): Promise<Required<Address> | null> {
  const row = await db
    .selectFrom("addresses")
    .select(["recipient", "phone", "region_code as regionCode", "township", "street"])
    .where(isOwnedBy("addresses", buyer))
    .orderBy("updated_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
