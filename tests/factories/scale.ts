import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { correctWeighIn } from "#app/domain/intake/correct-weigh-in.ts";
import { type WeighInput, weighIn } from "#app/domain/intake/weigh-in.ts";
import type { DB } from "#db/schema.d.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";
import { coopScope } from "./scopes.ts";

/** A cooperative with two households that fill a pooled listing of 2.5 kg boxes together. */
export async function makeScale(db: Kysely<DB>, quantity = 4) {
  const cooperative = await makeCooperative(db);
  const household = await makeHousehold(db, { cooperative });
  const other = await makeHousehold(db, { cooperative });
  const lots = [household, other].map((one) => ({ household: one, quantity }));
  const pool = await makeListing(db, { lots });
  const scope = coopScope({ userId: `packer-${cooperative.id}`, cooperativeId: cooperative.id });
  return { db, scope, household, other, pool, cooperative };
}
export type Scale = Awaited<ReturnType<typeof makeScale>>;

/** Ten kilograms of her apples, or what is said instead. */
export function weigh({ db, scope, household }: Scale, of: Partial<WeighInput> = {}) {
  return weighIn(db, scope, {
    ...{ householdId: household.id, categoryCode: "apple", grade: "first" },
    ...{ grossGrams: 10_400, tareGrams: 400, clientKey: uuidv7() },
    ...of,
  });
}

export async function weighed(scale: Scale, of: Partial<WeighInput> = {}): Promise<string> {
  const made = await weigh(scale, of);
  if (!made.ok) throw new Error(made.reason);
  return made.weighInId;
}

export const correct = (
  { db, scope }: Scale,
  weighInId: string,
  weights: { grossGrams: number; tareGrams: number } | null,
  clientKey: string = uuidv7(),
) => correctWeighIn(db, scope, { weighInId, weights, reason: "misread", clientKey });

/** Her lots of the pooled listing, together. */
export async function lotsOf({ db, pool, household }: Scale) {
  const { rows } = await sql<{ quantityIn: number; available: number; takenOut: number }>`
    select sum(quantity_in)::int as "quantityIn", sum(available)::int as available,
      sum(taken_out)::int as "takenOut"
    from lots where listing_id = ${pool.id} and household_id = ${household.id}`.execute(db);
  return rows[0];
}

export const countRows = async ({ db, household }: Scale) => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from weigh_ins
    where household_id = ${household.id}`.execute(db);
  return rows[0]?.count;
};
