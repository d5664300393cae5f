import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { lockPlans, tellShop } from "./write-cycle.ts";

/**
 * Lets a listing be sold at any time again, once no cycle sells it now or later. Fails with
 * `listing-unknown` (another cooperative's, too) and `in-cycle`; one that is free already stays so.
 * Locks the cooperative's row, then the listing's; no order waits for either.
 */
export async function freeListing(
  db: Kysely<DB>,
  scope: CoopScope,
  { listingId, now = new Date() }: { listingId: string; now?: Date },
): Promise<
  { ok: true; isChanged: boolean } | { ok: false; reason: "listing-unknown" | "in-cycle" }
> {
  if (!isUuid(listingId)) return { ok: false, reason: "listing-unknown" };
  return db.transaction().execute(async (trx) => {
    await lockPlans(trx, scope);
    const { rows } = await sql<{ soldInCycles: boolean; isInCycle: boolean }>`
      select l.sold_in_cycles as "soldInCycles", exists (select from cycle_listings k
        where k.listing_id = l.id and not k.is_off and k.closes_at > ${now}) as "isInCycle"
      from listings l where l.id = ${listingId} and l.cooperative_id = ${scope.cooperativeId}
        and l.status <> 'draft' for no key update`.execute(trx);
    const listing = rows[0];
    if (!listing) return { ok: false, reason: "listing-unknown" };
    if (!listing.soldInCycles) return { ok: true, isChanged: false };
    if (listing.isInCycle) return { ok: false, reason: "in-cycle" };
    await sql`update listings set sold_in_cycles = false, updated_at = ${now}
      where id = ${listingId}`.execute(trx);
    await tellShop(trx, [listingId]);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "listing.sold-any-time" },
      subject: { type: "listing", id: listingId },
    });
    return { ok: true, isChanged: true };
  });
}
