import { type Kysely, sql, type Transaction } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { shipsAfterCycle } from "../cycles/ships-after-cycle.ts";
import { type AgreedProblems, agreedProblems } from "./agreed-terms.ts";
import { areOwnPhotos } from "./are-own-photos.ts";
import { type EditableFacts, factChanges } from "./fact-changes.ts";
import { lockOwnLots, type OwnLot, promisedIn } from "./lock-own-listing.ts";
import { noteChanges } from "./note-changes.ts";
import { gramsOf, type Offer, type OfferProblems, offerProblems } from "./offer-rules.ts";

export type ListingEdit = Omit<Offer, "quantity"> & {
  listingId: string;
  /** The version of the listing the form was filled from. */
  version: number;
  grade: EditableFacts["grade"];
};

export type Edited =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "offer-invalid"; problems: OfferProblems }
  | { ok: false; reason: "agreed-otherwise"; problems: AgreedProblems }
  | {
      ok: false;
      reason:
        | "listing-unknown"
        | "listing-withdrawn"
        | "listing-changed"
        | "photo-not-yours"
        | "unit-fixed"
        | "harvest-fixed"
        | "presale-full"
        | "ships-after-cycle";
    };

/**
 * Writes anew what a household's own listing says: titles, grade, price in fen for one sale unit,
 * photos in their order, day of harvest, whether it is a pre-sale, and how much one order may take
 * (left as it is where the edit does not say). What was ordered keeps what
 * it was ordered as, and carts ask about a changed price. Each change is noted in the listing's
 * history, and the listing is queued to be indexed. The same form again changes nothing.
 *
 * Fails with `offer-invalid` (see offer-rules.ts; a day of harvest that stays is not judged again),
 * `listing-unknown` (also for somebody else's), `listing-withdrawn`, `listing-changed` (somebody
 * changed it since the form was filled), `photo-not-yours`, `unit-fixed` (the unit of what was ever
 * ordered stays), `agreed-otherwise` (a manager would change what the household has agreed to or said, see
 * agreed-terms.ts), `harvest-fixed` (several harvests are in it, each has its day),
 * `presale-full` (more came in than the limit would be) and `ships-after-cycle` (a cycle that sells it
 * promises an earlier day). Locks the listing, for which orders of it
 * wait, then its lots in id order.
 */
export async function editListing(
  db: Kysely<DB>,
  scope: SellerScope,
  edit: ListingEdit,
  now: Date = new Date(),
): Promise<Edited> {
  return db.transaction().execute(async (trx) => {
    const { listingId } = edit;
    const before = await lockFacts(trx, scope, listingId);
    if (!before) return { ok: false, reason: "listing-unknown" };
    const photoIds = [...new Set(edit.photoIds)];
    const { titleZh, titleEn, grade, unit, priceFen, harvestedOn } = edit;
    const { shipsFrom = null, presaleLimit = null } = edit;
    const after: EditableFacts = {
      ...{ titleZh: titleZh.trim(), titleEn: titleEn.trim(), grade, unit, priceFen, harvestedOn },
      ...{ unitGrams: gramsOf(unit, edit.unitGrams) ?? 0, photoIds, shipsFrom, presaleLimit },
      mostPerOrder: edit.mostPerOrder === undefined ? before.mostPerOrder : edit.mostPerOrder,
    };
    const changes = factChanges(before, after);
    if (changes.length === 0) return { ok: true, isChanged: false };
    if (before.status === "withdrawn") return { ok: false, reason: "listing-withdrawn" };
    if (before.version !== edit.version) return { ok: false, reason: "listing-changed" };

    const problems = offerProblems({ ...edit, photoIds, quantity: 1 }, now);
    if (harvestedOn === before.harvestedOn) delete problems.harvestedOn;
    if (shipsFrom === before.shipsFrom) delete problems.shipsFrom;
    if (Object.keys(problems).length > 0) return { ok: false, reason: "offer-invalid", problems };
    const agreed = await agreedProblems(trx, scope, { listingId, before, after });
    if (Object.keys(agreed).length > 0) {
      return { ok: false, reason: "agreed-otherwise", problems: agreed };
    }
    const lots = await lockOwnLots(trx, scope, listingId);
    const refusal = await refusalOf(trx, scope, { before, after, lots, listingId, now });
    if (refusal) return { ok: false, reason: refusal };

    await write(trx, listingId, after, lots);
    await noteChanges(trx, scope, listingId, changes);
    await queueIndexing(trx, listingId);
    return { ok: true, isChanged: true };
  });
}

type Before = EditableFacts & { status: string; version: number };

/** For update: an order that is being written is waited for, and the next ones wait. */
async function lockFacts(
  trx: Transaction<DB>,
  { householdId }: SellerScope,
  listingId: string,
): Promise<Before | undefined> {
  const { rows } = await sql<Before>`
    select status, version, title_zh as "titleZh", title_en as "titleEn", grade, unit,
      unit_grams as "unitGrams", price_fen as "priceFen", harvested_on as "harvestedOn",
      ships_from as "shipsFrom", presale_limit as "presaleLimit",
      most_per_order as "mostPerOrder",
      array(select p.id from listing_photos lp join photos p on p.id = lp.photo_id
        where lp.listing_id = listings.id and p.state <> 'refused' order by lp.position) as "photoIds"
    from listings where id = ${listingId} and created_by_household_id = ${householdId}
      and status <> 'draft'
    for update`.execute(trx);
  return rows[0];
}

async function refusalOf(
  trx: Transaction<DB>,
  scope: SellerScope,
  {
    before,
    after,
    lots,
    listingId,
    now,
  }: { before: Before; after: EditableFacts; lots: OwnLot[]; listingId: string; now: Date },
) {
  const isNewUnit = after.unit !== before.unit || after.unitGrams !== before.unitGrams;
  if (isNewUnit && (await wasOrdered(trx, listingId))) return "unit-fixed";
  if (after.harvestedOn !== before.harvestedOn && lots.length > 1) return "harvest-fixed";
  const { presaleLimit, shipsFrom } = after;
  if (shipsFrom !== null && shipsFrom !== before.shipsFrom) {
    const isLate = await shipsAfterCycle(trx, { listingId, shipsFrom, now });
    if (isLate) return "ships-after-cycle";
  }
  if (presaleLimit !== null && promisedIn(lots) > presaleLimit) return "presale-full";
  const isNew = after.photoIds.some((id) => !before.photoIds.includes(id));
  if (isNew && !(await areOwnPhotos(trx, scope, after.photoIds))) return "photo-not-yours";
  return null;
}

/** Also by who let it go again: a late payment may still take it as it was ordered. */
async function wasOrdered(trx: Transaction<DB>, listingId: string): Promise<boolean> {
  const line = await trx
    .selectFrom("order_lines")
    .select("id")
    .where("listing_id", "=", listingId)
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}

async function write(
  trx: Transaction<DB>,
  listingId: string,
  facts: EditableFacts,
  lots: readonly OwnLot[],
): Promise<void> {
  await trx
    .updateTable("listings")
    .set((set) => ({
      title_zh: facts.titleZh,
      title_en: facts.titleEn,
      grade: facts.grade,
      unit: facts.unit,
      unit_grams: facts.unitGrams,
      price_fen: facts.priceFen,
      harvested_on: facts.harvestedOn,
      ships_from: facts.shipsFrom,
      presale_limit: facts.presaleLimit,
      most_per_order: facts.mostPerOrder,
      version: set("version", "+", 1),
      updated_at: new Date(),
    }))
    .where("id", "=", listingId)
    .execute();
  const only = lots.length === 1 ? lots[0] : undefined;
  if (only && only.harvestedOn !== facts.harvestedOn) {
    const change = trx.updateTable("lots").set({ harvested_on: facts.harvestedOn });
    await change.where("id", "=", only.id).execute();
  }
  await trx.deleteFrom("listing_photos").where("listing_id", "=", listingId).execute();
  await trx
    .insertInto("listing_photos")
    .values(
      facts.photoIds.map((photo_id, position) => ({ listing_id: listingId, photo_id, position })),
    )
    .execute();
}
