import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";

/** Whether we have the order that Stripe names. */
export async function isOrder(db: Kysely<DB>, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const row = await db.selectFrom("orders").select("id").where("id", "=", id).executeTakeFirst();
  return row !== undefined;
}
