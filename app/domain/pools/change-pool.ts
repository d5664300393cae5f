import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import type { FaultWord } from "#app/domain/imports/faults.ts";
import { noteAll } from "#app/domain/imports/note-all.ts";
import { takePrices } from "#app/domain/imports/prices/take-prices.ts";
import {
  type ListingEvent,
  type ListingStatus,
  nextStatus,
} from "#app/domain/listings/listing-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type ChangedPool =
  | { ok: true; status: ListingStatus; isChanged: boolean }
  | { ok: false; reason: "pool-unknown" | "listing-withdrawn" | "pool-empty" };

const ACT: Record<ListingEvent, string> = {
  pause: "pool.paused",
  resume: "pool.on-sale",
  withdraw: "pool.withdrawn",
};

async function lockPool(trx: Transaction<DB>, { cooperativeId }: CoopScope, listingId: string) {
  if (!isUuid(listingId)) return undefined;
  const { rows } = await sql<{ status: ListingStatus; priceFen: number; hasLots: boolean }>`
    select status, price_fen as "priceFen",
      exists (select from lots where lots.listing_id = listings.id) as "hasLots"
    from listings where id = ${listingId} and cooperative_id = ${cooperativeId} and is_pooled
    for no key update`.execute(trx);
  return rows[0];
}

/**
 * Puts a pooled listing of the scope's cooperative on sale, takes it off for a while, or for good. What
 * buyers hold or bought already is not touched. The same event again changes nothing. Who did it
 * stands in the listing's history and in the audit log.
 *
 * Fails with `pool-unknown` (or another's), `listing-withdrawn` (it cannot come back) and `pool-empty`
 * (nothing was ever weighed into it: there would be nobody's goods to show). Locks the listing.
 */
export async function changePool(
  db: Kysely<DB>,
  scope: CoopScope,
  { listingId, event, now = new Date() }: { listingId: string; event: ListingEvent; now?: Date },
): Promise<ChangedPool> {
  return db.transaction().execute(async (trx): Promise<ChangedPool> => {
    const pool = await lockPool(trx, scope, listingId);
    if (!pool) return { ok: false, reason: "pool-unknown" };
    const before = pool.status;
    const status = nextStatus(before, event);
    if (status === null) return { ok: false, reason: "listing-withdrawn" };
    if (status === before) return { ok: true, status, isChanged: false };
    if (event === "resume" && !pool.hasLots) return { ok: false, reason: "pool-empty" };
    await sql`update listings set status = ${status}, version = version + 1, updated_at = ${now},
      published_at = case when ${status} = 'published' then coalesce(published_at, ${now})
        else published_at end
      where id = ${listingId}`.execute(trx);
    await noteAll(trx, scope, [
      { listingId, householdId: null, what: "status", before, after: status },
    ]);
    const subject = { type: "listing", id: listingId };
    await noteAct(trx, { actor: scope.userId, action: ACT[event], subject });
    return { ok: true, status, isChanged: true };
  });
}

export type PricedPool =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "pool-unknown" | FaultWord };

/**
 * Gives a pooled listing of the scope's cooperative another price, in fen for one sale unit, by the rules
 * of a table of prices (imports/prices/take-prices.ts): less only while nothing lies in it that was
 * brought at more, and nothing far off. The same price again changes nothing. Who did it, before and
 * after stand in the listing's history and in the audit log.
 *
 * Fails with `pool-unknown` (or another's) and what that table's lines fail with. Locks the listing,
 * for which orders of it wait.
 */
export async function setPoolPrice(
  db: Kysely<DB>,
  scope: CoopScope,
  { listingId, priceFen }: { listingId: string; priceFen: number },
): Promise<PricedPool> {
  return db.transaction().execute(async (trx): Promise<PricedPool> => {
    const pool = await lockPool(trx, scope, listingId);
    if (!pool) return { ok: false, reason: "pool-unknown" };
    const value = { listing: listingId, newPrice: priceFen };
    const row = { line: 1, said: {}, value, faults: [], key: "" };
    const [verdict] = await takePrices(trx, scope, [row]);
    if (verdict?.verdict === "wrong") {
      return { ok: false, reason: verdict.faults[0]?.fault ?? "price" };
    }
    if (verdict?.verdict !== "take") return { ok: true, isChanged: false };
    await noteAct(trx, {
      ...{
        actor: scope.userId,
        action: "pool.priced",
        subject: { type: "listing", id: listingId },
      },
      ...{ before: { priceFen: pool.priceFen }, after: { priceFen } },
    });
    return { ok: true, isChanged: true };
  });
}
