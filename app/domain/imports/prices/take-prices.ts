import { type Kysely, sql, type Transaction } from "kysely";
import { agreedFen } from "#app/domain/listings/agreed-terms.ts";
import { doubtOwnPrice } from "#app/domain/listings/doubt-price.ts";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import { priceProblem } from "#app/domain/listings/offer-rules.ts";
import { tellPoolPrice } from "#app/domain/messages/tell-pool-price.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { KNOWN, TAKE, type Verdict, wrong } from "../faults.ts";
import { noteAll } from "../note-all.ts";
import type { ImportRow } from "../understand.ts";

type Rows = readonly ImportRow<"prices">[];
type Priced = {
  id: string;
  /** Null of a pooled one, whose price is the cooperative's. */
  householdId: string | null;
  status: ListingStatus;
  priceFen: number;
  unitGrams: number;
  /** The least that its household has agreed to. */
  agreedFen: number | null;
  /** Whether goods lie in it that households have brought at its price, or a buyer's order may free. */
  isStocked: boolean;
};

const idsOf = (rows: Rows) => [...new Set(rows.flatMap(({ value }) => value?.listing ?? []))];

async function readPriced(db: Kysely<DB>, { cooperativeId }: CoopScope, ids: readonly string[]) {
  const { rows } = await sql<Priced>`
    select l.id, l.created_by_household_id as "householdId", l.status, l.price_fen as "priceFen",
      l.unit_grams as "unitGrams", ${agreedFen(sql`l.id`)} as "agreedFen",
      exists (select from lots t where t.listing_id = l.id and t.available + t.held > 0)
        as "isStocked"
    from listings l left join households h on h.id = l.created_by_household_id
    where l.id = any(${[...ids]}::uuid[]) and l.cooperative_id = ${cooperativeId}
      and (l.is_pooled or h.cooperative_id = ${cooperativeId})`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

function verdictOf(listing: Priced | undefined, fen: number): Verdict {
  if (!listing) return wrong("listing", "listing-unknown");
  if (listing.status === "withdrawn") return wrong("listing", "listing-withdrawn");
  if (listing.status === "draft") return wrong("listing", "not-agreed");
  if (listing.priceFen === fen) return KNOWN;
  const problem = priceProblem(fen);
  if (problem) return wrong("newPrice", problem);
  if (fen < listing.priceFen) {
    const { householdId, agreedFen, priceFen, isStocked } = listing;
    if (!householdId && isStocked) return wrong("newPrice", "pooled-lower");
    if (householdId && fen < (agreedFen ?? priceFen)) return wrong("newPrice", "agreed-price");
  }
  return doubtOwnPrice(fen, listing) ? wrong("newPrice", "price-doubted") : TAKE;
}

function judge(listings: Map<string, Priced>, rows: Rows): Verdict[] {
  return rows.map(({ value, faults }): Verdict => {
    if (!value) return { verdict: "wrong", faults };
    return verdictOf(listings.get(value.listing), value.newPrice);
  });
}

/** What would become of the lines now. Locks nothing. */
export async function judgePrices(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: Rows,
): Promise<Verdict[]> {
  return judge(await readPriced(db, scope, idsOf(rows)), rows);
}

/**
 * Gives households' own listings other prices, as edit-listing.ts does: never below what the
 * household has agreed to or said itself, and what is far off is refused. So are pooled ones, less only
 * while nothing lies in them that was brought at more; the households whose goods lie in one are told.
 * What stands already is left. Locks the listings in id order, for which orders of them wait.
 */
export async function takePrices(
  trx: Transaction<DB>,
  scope: CoopScope,
  rows: Rows,
): Promise<Verdict[]> {
  const ids = idsOf(rows);
  await sql`select from listings where id = any(${ids}::uuid[])
    and cooperative_id = ${scope.cooperativeId} order by id for update`.execute(trx);
  const listings = await readPriced(trx, scope, ids);
  const verdicts = judge(listings, rows);
  const changes = rows.flatMap(({ value }, index) => {
    const listing = value && listings.get(value.listing);
    if (verdicts[index] !== TAKE || !value || !listing) return [];
    const { id: listingId, householdId, priceFen } = listing;
    const said = { before: String(priceFen), after: String(value.newPrice) };
    return [{ listingId, householdId, what: "price", ...said }];
  });
  if (changes.length === 0) return verdicts;
  await sql`
    update listings set price_fen = r.after::int, version = version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(changes)}) as r ("listingId" uuid, after text)
    where listings.id = r."listingId"`.execute(trx);
  await noteAll(trx, scope, changes);
  for (const { listingId, householdId } of changes) {
    if (!householdId) await tellPoolPrice(trx, listingId);
  }
  return verdicts;
}
