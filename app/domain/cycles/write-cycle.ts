import { sql, type Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { queueIndexing } from "../queue/queue-job.ts";
import { type CyclePlan, type PlanFault, type PlanField, villageKey } from "./cycle-rules.ts";

/** A listing that stands in the way of a plan, by its names. */
export type NamedListing = { id: string; titleZh: string; titleEn: string };

export type PlanRefused =
  | { ok: false; reason: "faults"; faults: ReadonlyMap<PlanField, PlanFault> }
  /** Not the cooperative's, or not on sale: it is not there to be chosen. */
  | { ok: false; reason: "listing-unknown" }
  /** Chosen for another cycle that is open in the same time. */
  | { ok: false; reason: "overlapping"; listings: NamedListing[] }
  /** A pre-sale that is sent later than the cycle ships. */
  | { ok: false; reason: "presale-later"; listings: NamedListing[] }
  /** Households of these villages sell what was chosen, and nobody has said where they bring it. */
  | { ok: false; reason: "place-missing"; villages: string[] };

type Written = { cycleId: string; plan: CyclePlan; now: Date };

/**
 * Managers of one cooperative plan one after the other: what two of them choose is looked at behind
 * this lock. No order waits for it.
 */
export async function lockPlans(trx: Transaction<DB>, scope: CoopScope): Promise<void> {
  await sql`select from cooperatives where id = ${scope.cooperativeId} for no key update`.execute(
    trx,
  );
}

/**
 * Why a plan cannot be, by what stands in the database; null when it can. The caller has locked plans;
 * locks the listings, so that what is looked at here is so when it is written.
 */
export async function refusePlan(
  trx: Transaction<DB>,
  { cooperativeId }: CoopScope,
  { cycleId, plan }: Omit<Written, "now">,
): Promise<PlanRefused | null> {
  const { listingIds, opensAt, closesAt, shipsOn } = plan;
  const ids = sql`${[...listingIds]}::uuid[]`;
  // In id order, as all who write several listings.
  await sql`select from listings where id = any(${ids}) and cooperative_id = ${cooperativeId}
    order by id for no key update`.execute(trx);
  const { rows } = await sql<NamedListing & { isOverlapping: boolean; isLater: boolean }>`
    select l.id, l.title_zh as "titleZh", l.title_en as "titleEn",
      coalesce(l.ships_from > ${shipsOn}::date, false) as "isLater",
      exists (select from cycle_listings k where k.listing_id = l.id and k.cycle_id <> ${cycleId}
        and not k.is_off and k.opens_at < ${closesAt} and k.closes_at > ${opensAt}
      ) as "isOverlapping"
    from listings l
    where l.id = any(${ids}) and l.cooperative_id = ${cooperativeId}
      and (l.status in ('published', 'paused')
        or exists (select from cycle_listings k where (k.cycle_id, k.listing_id) = (${cycleId}, l.id)))
    order by l.title_zh, l.id`.execute(trx);
  if (rows.length < new Set(listingIds).size) return { ok: false, reason: "listing-unknown" };
  const overlapping = rows.filter((row) => row.isOverlapping);
  if (overlapping.length > 0) return { ok: false, reason: "overlapping", listings: overlapping };
  const later = rows.filter((row) => row.isLater);
  if (later.length > 0) return { ok: false, reason: "presale-later", listings: later };
  const villages = await villagesWithoutPlace(trx, plan);
  return villages.length > 0 ? { ok: false, reason: "place-missing", villages } : null;
}

async function villagesWithoutPlace(trx: Transaction<DB>, plan: CyclePlan): Promise<string[]> {
  const { rows } = await sql<{ regionCode: string; villageZh: string }>`
    select distinct h.region_code as "regionCode", h.village_zh as "villageZh"
    from lots join households h on h.id = lots.household_id
    where lots.listing_id = any(${[...plan.listingIds]}::uuid[]) and lots.available > 0
    order by 2, 1`.execute(trx);
  const known = new Set(plan.places.map(villageKey));
  return rows.map(villageKey).filter((key) => !known.has(key));
}

/** Writes where and when the villages of a cycle bring what they sold, as the plan says. */
export async function writePlaces(
  trx: Transaction<DB>,
  { cycleId, plan }: Omit<Written, "now">,
): Promise<void> {
  await sql`delete from cycle_places where cycle_id = ${cycleId}`.execute(trx);
  if (plan.places.length === 0) return;
  await trx
    .insertInto("cycle_places")
    .values(
      plan.places.map((place) => ({
        ...{ cycle_id: cycleId, region_code: place.regionCode, village_zh: place.villageZh },
        ...{ place: place.place, collects_on: place.collectsOn },
        ...{ from_minute: place.fromMinute, until_minute: place.untilMinute },
      })),
    )
    .execute();
}

/**
 * Writes what a cycle sells, and when, as the plan says, has it sold in cycles alone from now on, and
 * brings the shop up to date. The caller has locked the listings (`refusePlan`).
 */
export async function writeListings(
  trx: Transaction<DB>,
  { cycleId, plan, now }: Written,
): Promise<void> {
  const ids = sql`${[...plan.listingIds]}::uuid[]`;
  const { rows: gone } = await sql<{ id: string }>`
    delete from cycle_listings where cycle_id = ${cycleId} and listing_id <> all(${ids})
    returning listing_id as id`.execute(trx);
  await sql`
    insert into cycle_listings (cycle_id, listing_id, opens_at, closes_at)
    select ${cycleId}, id, ${plan.opensAt}, ${plan.closesAt} from unnest(${ids}) id
    on conflict (cycle_id, listing_id) do update
      set opens_at = excluded.opens_at, closes_at = excluded.closes_at`.execute(trx);
  await sql`update listings set sold_in_cycles = true, updated_at = ${now}
    where id = any(${ids}) and not sold_in_cycles`.execute(trx);
  await tellShop(trx, [...plan.listingIds, ...gone.map(({ id }) => id)]);
}

/** Search and the shop's pages are made anew of these listings. */
export async function tellShop(trx: Transaction<DB>, listingIds: readonly string[]): Promise<void> {
  // A job's key is a lock too, and is taken in the order of ids as all locks are.
  for (const id of [...new Set(listingIds)].toSorted()) await queueIndexing(trx, id);
}

/** The listings of one cycle, all of them: it has opened or ended. */
export async function tellShopOf(trx: Transaction<DB>, cycleId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select listing_id as id from cycle_listings where cycle_id = ${cycleId}`.execute(trx);
  await tellShop(
    trx,
    rows.map(({ id }) => id),
  );
}
