import { type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { bringIntoPool, lockPool } from "./bring-into-pool.ts";
import { lockWeighing, noteUntold } from "./weigh-in.ts";
import { type CorrectionReason, type WeightProblems, weightProblems } from "./weigh-rule.ts";

export type CorrectedWeighIn =
  | { ok: true; weighInId: string; isNew: boolean }
  | { ok: false; reason: "weight-invalid"; problems: WeightProblems }
  | { ok: false; reason: "weigh-in-unknown" | "corrected-already" | "nothing-changed" };

type Weighed = {
  household_id: string;
  listing_id: string | null;
  category_code: string;
  grade: string;
  gross_grams: number;
  tare_grams: number;
  net_grams: number;
  photo_id: string | null;
  unit_grams: number | null;
  weighed_at: Date;
  isCorrected: boolean;
};

/**
 * Corrects a weigh-in of the scope's cooperative by another row that stands in its place, with the
 * right weights in whole grams, or none (`weights: null`) where it was not this household's, not
 * this crop, or went home again. What was weighed stays to be read, with the reason. Stock of a
 * pooled listing follows, as far as it is not held or sold (bring-into-pool.ts). The household is
 * told. The same client key of the same member again changes nothing.
 *
 * Fails with `weight-invalid`, `weigh-in-unknown` (also another cooperative's),
 * `corrected-already` (a later row stands in its place, also by this very key with other weights or
 * another reason: that one is to be corrected) and
 * `nothing-changed`. Locks the client key, the weigh-in against a second correction, the pooled
 * listing, then the household's lots in it.
 */
export async function correctWeighIn(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    weighInId: string;
    weights: { grossGrams: number; tareGrams: number } | null;
    reason: CorrectionReason;
    clientKey: string;
  },
): Promise<CorrectedWeighIn> {
  const { weighInId: correctsId, weights, reason, clientKey } = input;
  if (!isUuid(correctsId)) return { ok: false, reason: "weigh-in-unknown" };
  const problems = weights ? weightProblems(weights) : {};
  const { cooperativeId, userId } = scope;
  return db.transaction().execute(async (trx): Promise<CorrectedWeighIn> => {
    const before = await lockWeighing(trx, scope, clientKey);
    if (before) {
      const { grossGrams = 0, tareGrams = 0 } = weights ?? {};
      const { rows: same } = await sql`select from weigh_ins where id = ${before}
        and corrects_id is not null and gross_grams = ${grossGrams}
        and tare_grams = ${tareGrams} and reason = ${reason}`.execute(trx);
      if (same.length > 0) return { ok: true, weighInId: before, isNew: false };
      return { ok: false, reason: "corrected-already" };
    }
    await sql`select pg_advisory_xact_lock(hashtextextended(${`weighed:${correctsId}`}, 0))`.execute(
      trx,
    );
    const { rows } = await sql<Weighed>`
      select w.*, exists (select from weigh_ins l where l.corrects_id = w.id) as "isCorrected"
      from weigh_ins w where w.id = ${correctsId} and w.cooperative_id = ${cooperativeId}`.execute(
      trx,
    );
    const was = rows[0];
    if (!was) return { ok: false, reason: "weigh-in-unknown" };
    if (Object.keys(problems).length > 0) return { ok: false, reason: "weight-invalid", problems };
    if (was.isCorrected) return { ok: false, reason: "corrected-already" };
    const { grossGrams, tareGrams } = weights ?? { grossGrams: 0, tareGrams: 0 };
    if (was.gross_grams === grossGrams && was.tare_grams === tareGrams) {
      return { ok: false, reason: "nothing-changed" };
    }
    const weighInId = uuidv7();
    const { household_id: householdId, listing_id: listingId, weighed_at: weighedAt } = was;
    // What has moved to another cooperative has nothing on sale here: the weight alone is put right.
    const { rows: ours } = await sql`select from households where id = ${householdId}
      and cooperative_id = ${cooperativeId} for share`.execute(trx);
    const pool =
      listingId && was.unit_grams !== null && ours.length > 0
        ? await lockPool(trx, scope, listingId)
        : undefined;
    const netGrams = grossGrams - tareGrams - was.net_grams;
    const unitsIn =
      pool && listingId
        ? await bringIntoPool(trx, scope, pool, {
            ...{ weighInId, householdId, listingId, netGrams, weighedAt },
          })
        : 0;
    await trx
      .insertInto("weigh_ins")
      .values({
        ...{ id: weighInId, cooperative_id: cooperativeId, household_id: householdId },
        ...{ category_code: was.category_code, grade: was.grade, photo_id: was.photo_id },
        ...{ gross_grams: grossGrams, tare_grams: tareGrams, listing_id: listingId },
        ...{ unit_grams: pool?.unitGrams ?? null, units_in: unitsIn, corrects_id: correctsId },
        ...{ reason, client_key: clientKey, weighed_by: userId, weighed_at: weighedAt },
      })
      .execute();
    await noteUntold(trx, { weighInId, householdId });
    return { ok: true, weighInId, isNew: true };
  });
}
