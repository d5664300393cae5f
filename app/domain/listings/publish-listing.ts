import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { HouseholdScope, SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { areOwnPhotos } from "./are-own-photos.ts";
import { keyOf } from "./note-changes.ts";
import {
  type Grade,
  gramsOf,
  type Offer,
  type OfferProblems,
  offerProblems,
} from "./offer-rules.ts";
import { type SaidBefore, saidBefore } from "./said-before.ts";

export type PublishInput = Offer & {
  /** Made with the form: its second sending carries the same one. */
  clientKey: string;
  categoryCode: string;
  grade: Grade;
};

export type Published =
  /**
   * `isTwin`: another form has offered the very same within the half hour. `saidBefore`: the same
   * form has put that up, and says something else by now, of which nothing was written.
   */
  | { ok: true; listingId: string; isNew: boolean; isTwin?: true; saidBefore?: SaidBefore }
  | { ok: false; reason: "offer-invalid"; problems: OfferProblems }
  | { ok: false; reason: "unknown-category" | "photo-not-yours" | "no-relief-account" };

/**
 * Puts a household's crop up for sale: a listing, one lot of the whole quantity on the household's
 * relief account, its photos in their order, and a queued `index-listing`, all or nothing. Price
 * in fen for one sale unit, weight in grams. The same client key from the same household gives the
 * listing of the first sending and changes nothing (`saidBefore` where that said something else:
 * whoever asked is to be told that this is not for sale); so does the same offer with the same photos
 * within half an hour, for a form that "back" brought again carries a new key.
 *
 * Fails with `offer-invalid` (see offer-rules.ts), `unknown-category` (also for a group of crops),
 * `photo-not-yours` (not sent in by this household, or refused since) and `no-relief-account`.
 * Locks nothing but the client key's index entry, for which a second sending waits.
 */
export async function publishListing(
  db: Kysely<DB>,
  scope: HouseholdScope,
  input: PublishInput,
  now: Date = new Date(),
): Promise<Published> {
  return db.transaction().execute((trx) => putUp(trx, scope, input, { status: "published", now }));
}

/**
 * What `publishListing` does, for whoever sells, as a part of what the transaction does. A draft
 * is not for sale yet: nobody is shown it.
 */
export async function putUp(
  trx: Transaction<DB>,
  scope: SellerScope,
  input: PublishInput,
  { status, now }: { status: "draft" | "published"; now: Date },
): Promise<Published> {
  const photoIds = [...new Set(input.photoIds)];
  const problems = offerProblems({ ...input, photoIds }, now);
  if (Object.keys(problems).length > 0) return { ok: false, reason: "offer-invalid", problems };
  const clientKey = keyOf(scope, input.clientKey);
  const before = await findByKey(trx, clientKey);
  if (before) return meet(trx, before, { ...input, photoIds });
  const twin = await findTwin(trx, scope, { ...input, photoIds }, { status, now });
  if (twin) return { ok: true, listingId: twin, isNew: false, isTwin: true };
  const home = await readHome(trx, scope);
  if (!home) return { ok: false, reason: "no-relief-account" };
  if (!(await isCrop(trx, input.categoryCode))) return { ok: false, reason: "unknown-category" };
  if (!(await areOwnPhotos(trx, scope, photoIds))) return { ok: false, reason: "photo-not-yours" };

  const listingId = uuidv7();
  const inserted = await trx
    .insertInto("listings")
    .values({
      id: listingId,
      cooperative_id: home.cooperative_id,
      created_by_household_id: scope.householdId,
      client_key: clientKey,
      category_code: input.categoryCode,
      title_zh: input.titleZh.trim(),
      title_en: input.titleEn.trim(),
      grade: input.grade,
      unit: input.unit,
      unit_grams: gramsOf(input.unit, input.unitGrams) ?? 0,
      price_fen: input.priceFen,
      harvested_on: input.harvestedOn,
      ships_from: input.shipsFrom,
      presale_limit: input.presaleLimit,
      village_zh: home.village_zh,
      village_en: home.village_en,
      region_code: home.region_code,
      status,
      published_at: status === "published" ? now : null,
    })
    .onConflict((conflict) => conflict.column("client_key").doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) {
    const first = await findByKey(trx, clientKey);
    if (!first) throw new Error("the listing that was in the way is gone");
    return meet(trx, first, { ...input, photoIds });
  }
  await trx
    .insertInto("lots")
    .values({
      id: uuidv7(),
      listing_id: listingId,
      household_id: scope.householdId,
      relief_account_id: home.relief_account_id,
      harvested_on: input.harvestedOn,
      quantity_in: input.quantity,
      available: input.quantity,
    })
    .execute();
  await trx
    .insertInto("listing_photos")
    .values(photoIds.map((photo_id, position) => ({ listing_id: listingId, photo_id, position })))
    .execute();
  await queueIndexing(trx, listingId);
  return { ok: true, listingId, isNew: true };
}

const TWIN_MS = 30 * 60_000;

/** What she has just put up, to the last photo: sent again by way of the browser's back button. */
async function findTwin(
  trx: Transaction<DB>,
  scope: SellerScope,
  input: PublishInput,
  { status, now }: { status: string; now: Date },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("listings as l")
    .innerJoin("lots", "lots.listing_id", "l.id")
    .select("l.id")
    .where("l.created_by_household_id", "=", scope.householdId)
    .where("l.status", "=", status)
    // What was refused, not answered in time or taken back is offered anew.
    .where(
      sql<boolean>`not exists (select from listing_consents c
        where c.listing_id = l.id and c.answer <> 'agreed')`,
    )
    .where(
      sql<Date>`coalesce(l.published_at, l.created_at)`,
      ">",
      new Date(now.getTime() - TWIN_MS),
    )
    .where("l.category_code", "=", input.categoryCode)
    .where("l.title_zh", "=", input.titleZh.trim())
    .where("l.title_en", "=", input.titleEn.trim())
    .where("l.grade", "=", input.grade)
    .where("l.unit", "=", input.unit)
    .where("l.unit_grams", "=", gramsOf(input.unit, input.unitGrams) ?? 0)
    .where("l.price_fen", "=", input.priceFen)
    .where("l.harvested_on", "=", input.harvestedOn)
    .where(
      sql<boolean>`(l.ships_from, l.presale_limit) is not distinct from
        (${input.shipsFrom ?? null}::date, ${input.presaleLimit ?? null}::int)`,
    )
    .where("lots.quantity_in", "=", input.quantity)
    // What is sold out is not what she means: she has more of it.
    .where("lots.available", ">", 0)
    .where(
      sql<boolean>`array(select photo_id from listing_photos p
        where p.listing_id = l.id order by position) = ${input.photoIds}::uuid[]`,
    )
    .executeTakeFirst();
  return row?.id;
}

/** The form was sent before: as this, or saying something else, after "back" or in another tab. */
async function meet(
  trx: Transaction<DB>,
  listingId: string,
  input: PublishInput,
): Promise<Published> {
  const before = await saidBefore(trx, listingId, input);
  return { ok: true, listingId, isNew: false, ...(before && { saidBefore: before }) };
}

async function findByKey(trx: Transaction<DB>, clientKey: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom("listings")
    .select("id")
    .where("client_key", "=", clientKey)
    .executeTakeFirst();
  return row?.id;
}

/** Where the household lives and the account its produce is tagged with: the first opened. */
function readHome(trx: Transaction<DB>, scope: SellerScope) {
  return (
    trx
      .selectFrom("households as h")
      .innerJoin("relief_accounts as r", "r.household_id", "h.id")
      .where("h.id", "=", scope.householdId)
      // A manager lists for a household that is still hers.
      .$if("isOnBehalf" in scope, (query) =>
        query.where("h.cooperative_id", "=", scope.cooperativeId),
      )
      .select(["h.cooperative_id", "h.village_zh", "h.village_en", "h.region_code"])
      .select("r.id as relief_account_id")
      .orderBy("r.created_at")
      .orderBy("r.id")
      .limit(1)
      // Whose it is stays so until the listing stands.
      .forShare("h")
      .executeTakeFirst()
  );
}

async function isCrop(trx: Transaction<DB>, code: string): Promise<boolean> {
  const row = await trx
    .selectFrom("categories as c")
    .select("c.code")
    .where("c.code", "=", code)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("categories as below")
            .select("below.code")
            .whereRef("below.parent_code", "=", "c.code"),
        ),
      ),
    )
    .executeTakeFirst();
  return row !== undefined;
}
