import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { type Grade, grades } from "#app/domain/listings/offer-rules.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { bringIntoPool, lockPool } from "./bring-into-pool.ts";
import { type WeightProblems, weightProblems } from "./weigh-rule.ts";

export type WeighInput = {
  householdId: string;
  categoryCode: string;
  grade: Grade;
  grossGrams: number;
  tareGrams: number;
  /** The cooperative's pooled listing that it is for; none for the household's own produce. */
  poolId?: string | null;
  photoId?: string | null;
  /** Made with the form, or in the phone: its second sending carries the same one. */
  clientKey: string;
  /** When it stood on the scale, where that was before the signal came back. */
  weighedAt?: Date;
};

export type WeighedIn =
  | { ok: true; weighInId: string; isNew: boolean }
  | { ok: false; reason: "weight-invalid"; problems: WeightProblems }
  | {
      ok: false;
      reason:
        | "weighed-before"
        | "household-unknown"
        | "crop-unknown"
        | "pool-unknown"
        | "photo-unknown";
    };

/** A phone that was away longer had its battery out, or its clock is wrong. */
const LONGEST_AWAY_MS = 14 * 24 * 60 * 60_000;

/** Never later than now, and not absurdly early: a phone's clock may be wrong, ours counts then. */
function momentOf({ weighedAt }: WeighInput, now: Date): Date {
  if (!weighedAt || Number.isNaN(weighedAt.getTime())) return now;
  const away = now.getTime() - weighedAt.getTime();
  return away < 0 || away > LONGEST_AWAY_MS ? now : weighedAt;
}

/** Held until the transaction ends: of one form sent twice at once the second waits, and finds the first. */
export async function lockWeighing(
  trx: DbTransaction<DB>,
  { cooperativeId, userId }: CoopScope,
  clientKey: string,
): Promise<string | undefined> {
  const key = `weigh-in:${cooperativeId}:${userId}:${clientKey}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
  const { rows } = await sql<{ id: string }>`select id from weigh_ins
    where cooperative_id = ${cooperativeId} and weighed_by = ${userId}
      and client_key = ${clientKey}`.execute(trx);
  return rows[0]?.id;
}

/** Whether a weigh-in, which nobody writes on again, says just this; photo and moment aside. */
async function saidSame(trx: DbTransaction<DB>, weighInId: string, input: WeighInput) {
  const { rows } = await sql`select from weigh_ins where id = ${weighInId}
    and corrects_id is null and household_id::text = ${input.householdId}
    and category_code = ${input.categoryCode} and grade = ${input.grade}
    and gross_grams = ${input.grossGrams} and tare_grams = ${input.tareGrams}
    and case when unit_grams is not null then listing_id::text end
      is not distinct from ${input.poolId || null}::text`.execute(trx);
  return rows.length > 0;
}

type Known = { household: boolean; crop: boolean; photo: boolean; ownListingId: string | null };

/** What the form names, as far as it is the cooperative's; the household stays so till the end. */
async function lookUp(trx: DbTransaction<DB>, scope: CoopScope, input: WeighInput): Promise<Known> {
  const { householdId, categoryCode, grade, photoId } = input;
  const uuid = (id: string | null | undefined) => (id && isUuid(id) ? id : null);
  const home = uuid(householdId);
  const { rows: homes } = await sql`select from households
    where id = ${home} and cooperative_id = ${scope.cooperativeId} for share`.execute(trx);
  const { rows } = await sql<Omit<Known, "household">>`
    select exists (select from categories c where c.code = ${categoryCode}
        and not exists (select from categories b where b.parent_code = c.code)) as crop,
      exists (select from weigh_in_photos p where p.id = ${uuid(photoId)}
        and p.cooperative_id = ${scope.cooperativeId} and p.uploaded_by = ${scope.userId}) as photo,
      (select l.id from listings l where l.created_by_household_id = ${home}
        and l.cooperative_id = ${scope.cooperativeId} and l.category_code = ${categoryCode}
        and l.grade = ${grade} and l.status in ('published', 'paused') and not l.is_pooled
        order by l.id desc limit 1) as "ownListingId"`.execute(trx);
  const found = rows[0] ?? { crop: false, photo: false, ownListingId: null };
  return { ...found, household: homes.length > 0 };
}

/**
 * Notes what a household of the scope's cooperative brought to the scale: produce and grade, gross
 * and tare in whole grams (the net is what is left), who weighed it and when. Written once; what was
 * wrong is corrected by another row (correct-weigh-in.ts). The same client key of the same member
 * again is the same weigh-in (`isNew: false`); where it says anything else, nothing is written
 * (`weighed-before`): that is another basket, or belongs into a correction. The household is told by text
 * message, bundled with whatever else it brings (tell-weigh-ins.ts).
 *
 * What that does to stock: of the household's own listing nothing. What it has on sale it has put
 * on sale itself, or has agreed to; the weigh-in notes how much of it has arrived, on its newest
 * running listing of that crop and grade, and more goes on sale by restock-listing.ts with the
 * household's word. Into a pooled listing of the cooperative (`poolId`, of the same crop and grade)
 * it brings a lot of the household's, in whole sale units (bring-into-pool.ts): there the scale is
 * where stock comes from. Produce that nobody offers is noted alone.
 *
 * Fails with `weight-invalid` (see weigh-rule.ts), `household-unknown` (also another
 * cooperative's), `crop-unknown`, `pool-unknown` (also one that is withdrawn, another's, or of
 * another crop or grade), `photo-unknown`. Locks the client key, the household against leaving, the
 * pooled listing, then the household's lots in it.
 */
export async function weighIn(
  db: Kysely<DB>,
  scope: CoopScope,
  input: WeighInput,
  now: Date = new Date(),
): Promise<WeighedIn> {
  const problems = weightProblems(input);
  if (Object.keys(problems).length > 0) return { ok: false, reason: "weight-invalid", problems };
  if (!grades.includes(input.grade)) return { ok: false, reason: "crop-unknown" };
  return db.transaction().execute(async (trx): Promise<WeighedIn> => {
    const before = await lockWeighing(trx, scope, input.clientKey);
    if (before && !(await saidSame(trx, before, input)))
      return { ok: false, reason: "weighed-before" };
    if (before) return { ok: true, weighInId: before, isNew: false };
    const known = await lookUp(trx, scope, input);
    if (!known.household) return { ok: false, reason: "household-unknown" };
    if (!known.crop) return { ok: false, reason: "crop-unknown" };
    if (input.photoId && !known.photo) return { ok: false, reason: "photo-unknown" };
    const { poolId } = input;
    const pool = poolId && isUuid(poolId) ? await lockPool(trx, scope, poolId) : undefined;
    const fits = pool?.isOpen && pool.category === input.categoryCode && pool.grade === input.grade;
    if (poolId && !fits) return { ok: false, reason: "pool-unknown" };

    const weighInId = uuidv7();
    const weighedAt = momentOf(input, now);
    const { householdId, grossGrams, tareGrams } = input;
    const netGrams = grossGrams - tareGrams;
    const unitsIn =
      pool && poolId
        ? await bringIntoPool(trx, scope, pool, {
            ...{ weighInId, householdId, listingId: poolId, netGrams, weighedAt },
          })
        : 0;
    await trx
      .insertInto("weigh_ins")
      .values({
        ...{ id: weighInId, cooperative_id: scope.cooperativeId, household_id: householdId },
        ...{ category_code: input.categoryCode, grade: input.grade },
        ...{ gross_grams: grossGrams, tare_grams: tareGrams, photo_id: input.photoId || null },
        ...{ listing_id: poolId || known.ownListingId, unit_grams: pool?.unitGrams ?? null },
        ...{ units_in: unitsIn, client_key: input.clientKey, weighed_by: scope.userId },
        weighed_at: weighedAt,
      })
      .execute();
    await noteUntold(trx, { weighInId, householdId });
    return { ok: true, weighInId, isNew: true };
  });
}

/** That the household is to be told of it; nothing is sent here (tell-weigh-ins.ts does). */
export async function noteUntold(
  trx: DbTransaction<DB>,
  { weighInId, householdId }: { weighInId: string; householdId: string },
): Promise<void> {
  await trx
    .insertInto("untold_weigh_ins")
    .values({ weigh_in_id: weighInId, household_id: householdId })
    .execute();
}
