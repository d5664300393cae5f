import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { noteOrigins } from "#app/domain/audit/note-act.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isStanding } from "./standing.ts";

/** One household's grams that came into, or (below none) go out of, a pooled listing. */
export type Weighed = {
  weighInId: string;
  householdId: string;
  listingId: string;
  netGrams: number;
  weighedAt: Date;
};

type Pool = { unitGrams: number; presaleLimit: number | null };
type Lot = { id: string; harvestedOn: string; available: number };

/** A pooled listing of the scope's cooperative, locked; undefined for any other. */
export async function lockPool(
  trx: DbTransaction<DB>,
  { cooperativeId }: CoopScope,
  listingId: string,
): Promise<(Pool & { category: string; grade: string; isOpen: boolean }) | undefined> {
  const { rows } = await sql<Pool & { category: string; grade: string; isOpen: boolean }>`
    select unit_grams as "unitGrams", presale_limit as "presaleLimit", category_code as category,
      grade, status in ('published', 'paused') as "isOpen"
    from listings where id = ${listingId} and cooperative_id = ${cooperativeId} and is_pooled
    for no key update`.execute(trx);
  return rows[0];
}

/** Grams of the household's in this listing that are in no whole sale unit yet; below none, owed. */
async function readRest(trx: DbTransaction<DB>, { householdId, listingId }: Weighed) {
  const { rows } = await sql<{ rest: number }>`
    select (coalesce(sum(w.net_grams) filter (where ${isStanding("w")}), 0)
      - coalesce(sum(w.units_in::bigint * w.unit_grams), 0))::bigint as rest
    from weigh_ins w
    where w.listing_id = ${listingId} and w.household_id = ${householdId}`.execute(trx);
  return rows[0]?.rest ?? 0;
}

async function readRoom(trx: DbTransaction<DB>, listingId: string, { presaleLimit }: Pool) {
  if (presaleLimit === null) return Number.POSITIVE_INFINITY;
  const { rows } = await sql<{ promised: number }>`
    select coalesce(sum(quantity_in - taken_out), 0)::int as promised
    from lots where listing_id = ${listingId}`.execute(trx);
  return Math.max(0, presaleLimit - (rows[0]?.promised ?? 0));
}

async function bringIn(
  trx: DbTransaction<DB>,
  { householdId, listingId, weighedAt }: Weighed,
  { lots, units }: { lots: readonly Lot[]; units: number },
): Promise<string> {
  const harvestedOn = shanghaiDay(weighedAt);
  const sameDay = lots.find((lot) => lot.harvestedOn === harvestedOn);
  if (sameDay) {
    await sql`update lots set quantity_in = quantity_in + ${units}, available = available + ${units}
      where id = ${sameDay.id}`.execute(trx);
    return sameDay.id;
  }
  const id = uuidv7();
  await sql`
    insert into lots (id, listing_id, household_id, relief_account_id, harvested_on, quantity_in, available)
    select ${id}, ${listingId}, ${householdId}, r.id, ${harvestedOn}, ${units}, ${units}
    from relief_accounts r where r.household_id = ${householdId}
    order by r.created_at, r.id limit 1`.execute(trx);
  await sayWhence(trx, listingId, harvestedOn);
  return id;
}

/** Buyers read which villages it comes from, by who brought first; and of what is new when it was picked. */
async function sayWhence(trx: DbTransaction<DB>, listingId: string, harvestedOn: string) {
  await sql`
    update listings set village_zh = whence.zh, village_en = whence.en,
      harvested_on = case when whence.lots = 1 then ${harvestedOn}::date else harvested_on end
    from (
      select string_agg(zh, '、' order by first) as zh, string_agg(en, ', ' order by first) as en,
        sum(lots) as lots
      from (select h.village_zh as zh, h.village_en as en, min(t.id::text) as first, count(*) as lots
        from lots t join households h on h.id = t.household_id
        where t.listing_id = ${listingId} group by 1, 2) each
    ) whence
    where listings.id = ${listingId}`.execute(trx);
}

/** Of what is on sale of the household's, the last harvest first; what is held or sold stays. */
async function takeOut(trx: DbTransaction<DB>, lots: readonly Lot[], units: number) {
  const moved: { lotId: string; quantity: number }[] = [];
  let left = units;
  for (const { id: lotId, available } of lots.toReversed()) {
    const quantity = Math.min(available, left);
    if (quantity === 0) continue;
    left -= quantity;
    await sql`update lots set available = available - ${quantity}, taken_out = taken_out + ${quantity}
      where id = ${lotId}`.execute(trx);
    moved.push({ lotId, quantity });
  }
  return moved;
}

/**
 * Moves the stock of a pooled listing by what was weighed: as many whole sale units as the
 * household's grams in it make together, into its lot of that day; what is left over waits for the
 * next. A correction that weighs less takes units out of what is on sale; what is held or sold
 * stays, and is made up for by what comes next. A pre-sale's limit holds: what is beyond it waits
 * too. Each movement stands in the listing's history, and the listing is queued to be indexed.
 *
 * Returns the units that came in (went out, below none). Locks the household's lots in id order;
 * the caller holds the listing (lockPool) and writes the weigh-in afterwards.
 */
export async function bringIntoPool(
  trx: DbTransaction<DB>,
  { userId }: CoopScope,
  pool: Pool,
  weighed: Weighed,
): Promise<number> {
  const { listingId, householdId, weighInId } = weighed;
  const { rows: lots } = await sql<Lot>`
    select id, harvested_on as "harvestedOn", available from lots
    where listing_id = ${listingId} and household_id = ${householdId}
    order by id for update`.execute(trx);
  const whole = Math.floor(((await readRest(trx, weighed)) + weighed.netGrams) / pool.unitGrams);
  const units = Math.min(whole, await readRoom(trx, listingId, pool));
  if (units === 0) return 0;
  const { rows } = await sql<{ onSale: number }>`
    select coalesce(sum(available), 0)::int as "onSale" from lots
    where listing_id = ${listingId}`.execute(trx);
  let onSale = rows[0]?.onSale ?? 0;
  const isIn = units > 0;
  const moved = isIn
    ? [{ lotId: await bringIn(trx, weighed, { lots, units }), quantity: units }]
    : await takeOut(trx, lots, -units);
  for (const { lotId, quantity } of moved) {
    const before = onSale;
    onSale += isIn ? quantity : -quantity;
    const id = uuidv7();
    await trx
      .insertInto("listing_changes")
      .values({
        ...{ id, listing_id: listingId, lot_id: lotId, quantity },
        ...(isIn ? { what: "restock" } : { what: "sell-out", reason: "other" }),
        ...{ before: String(before), after: String(onSale), changed_by: userId },
        ...{ client_key: `weigh-in:${weighInId}`, by_cooperative: true },
      })
      .execute();
    await noteOrigins(trx, [id]);
  }
  if (moved.length > 0) await queueIndexing(trx, listingId);
  return moved.reduce((sum, { quantity }) => sum + (isIn ? quantity : -quantity), 0);
}
