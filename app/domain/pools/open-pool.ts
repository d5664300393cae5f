import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import {
  type Grade,
  gramsOf,
  type Offer,
  type OfferProblems,
  offerProblems,
} from "#app/domain/listings/offer-rules.ts";
import { readCropName } from "#app/domain/listings/read-crops.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { usablePhotos } from "./read-pool-photos.ts";

/** What is offered under one name and price, whoever of the cooperative's households brings it. */
export type PoolInput = Pick<
  Offer,
  "titleZh" | "titleEn" | "unit" | "unitGrams" | "priceFen" | "photoIds"
> & {
  /** Made with the form: its second sending carries the same one. */
  clientKey: string;
  categoryCode: string;
  grade: Grade;
};

export type OpenedPool =
  | { ok: true; listingId: string; isNew: boolean }
  | { ok: false; reason: "offer-invalid"; problems: OfferProblems }
  | { ok: false; reason: "unknown-category" | "photo-not-yours" };

/** What is wrong with an offer of which nothing has come in yet. Pure. */
export function poolProblems(input: PoolInput, now: Date): OfferProblems {
  // Its amounts and harvest days are those of what is weighed into it.
  return offerProblems({ ...input, quantity: 1, harvestedOn: shanghaiDay(now) }, now);
}

/**
 * Opens a pooled listing of the scope's cooperative: one offer that households fill at the scale
 * (intake/bring-into-pool.ts). It has no goods yet and is not on sale: somebody puts it there once
 * something has come in (change-pool.ts). Price in fen for one sale unit, weight in grams. A second
 * sending of the form gives the listing of the first and changes nothing.
 *
 * Fails with `offer-invalid` (see offer-rules.ts), `unknown-category` (also for a group of crops) and
 * `photo-not-yours` (none that the cooperative's households show of that crop). Locks nothing but the
 * client key's index entry, for which a second sending waits.
 */
export async function openPool(
  db: Kysely<DB>,
  scope: CoopScope,
  input: PoolInput,
  now: Date = new Date(),
): Promise<OpenedPool> {
  const photoIds = [...new Set(input.photoIds)];
  const problems = poolProblems({ ...input, photoIds }, now);
  if (Object.keys(problems).length > 0) return { ok: false, reason: "offer-invalid", problems };
  return db.transaction().execute(async (trx): Promise<OpenedPool> => {
    const { cooperativeId, userId } = scope;
    const { categoryCode } = input;
    if (!(await readCropName(trx, categoryCode))) return { ok: false, reason: "unknown-category" };
    const usable = await usablePhotos(trx, scope, categoryCode, photoIds);
    if (usable !== photoIds.length) return { ok: false, reason: "photo-not-yours" };
    const listingId = uuidv7();
    const clientKey = `pool:${cooperativeId}:${input.clientKey}`;
    const { rows } = await sql<{ id: string }>`
      insert into listings (id, cooperative_id, client_key, category_code, title_zh, title_en, grade,
        unit, unit_grams, price_fen, harvested_on, village_zh, village_en, region_code, is_pooled, status)
      select ${listingId}, c.id, ${clientKey}, ${categoryCode}, ${input.titleZh.trim()},
        ${input.titleEn.trim()}, ${input.grade}, ${input.unit},
        ${gramsOf(input.unit, input.unitGrams) ?? 0}, ${input.priceFen}, ${shanghaiDay(now)}::date,
        r.name_zh, r.name_en, r.code, true, 'paused'
      from cooperatives c join regions r on r.code = c.region_code where c.id = ${cooperativeId}
      on conflict (client_key) do nothing returning id`.execute(trx);
    if (rows.length === 0) {
      const first = await trx
        .selectFrom("listings")
        .select("id")
        .where("client_key", "=", clientKey)
        .executeTakeFirstOrThrow();
      return { ok: true, listingId: first.id, isNew: false };
    }
    await trx
      .insertInto("listing_photos")
      .values(photoIds.map((photo_id, position) => ({ listing_id: listingId, photo_id, position })))
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: "pool.opened", subject: { type: "listing", id: listingId } },
      after: { priceFen: input.priceFen },
    });
    return { ok: true, listingId, isNew: true };
  });
}
