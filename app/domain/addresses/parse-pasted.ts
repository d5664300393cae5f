import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type PastedAddress, takeApart } from "./take-apart.ts";

/** More than any address; what is beyond would only make it slow. */
export const LONGEST_PASTED = 500;

/**
 * Takes apart an address that was pasted in one piece, by the regions that there are; see
 * `takeApart`. Reads the first `LONGEST_PASTED` characters. One round trip, cannot fail.
 */
export async function parsePasted(db: Kysely<DB>, pasted: string): Promise<PastedAddress> {
  const regions = await db
    .selectFrom("regions")
    .select(["code", "parent_code as parentCode", "name_zh as nameZh"])
    .where("level", "<=", 3)
    .execute();
  return takeApart(pasted.slice(0, LONGEST_PASTED), regions);
}
