import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Random } from "#db/seed/random.ts";
import { makeAddress, makeBuyer } from "#tests/factories/orders.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";

export const BUYERS = 500;
/** Of so many a hundred buyers each wants one unit of the first listing. */
const PLAIN_PERCENT = 40;
const FREIGHT_FEN = 800;

export type Want = { buyer: BuyerScope; items: Item[]; totalFen: number; isPlain: boolean };
type Item = { listing: MadeListing; quantity: number };

/** What all seeds share: two cooperatives with two households each, and where parcels go. */
export type Town = { homes: MadeHousehold[]; address: Awaited<ReturnType<typeof makeAddress>> };

/** What one seed is about: few units in many lots, and many who want them. */
export type Stage = { listings: MadeListing[]; lotIds: string[]; wants: Want[] };

export async function makeTown(db: Kysely<DB>): Promise<Town> {
  const homes: MadeHousehold[] = [];
  for (let coop = 0; coop < 2; coop++) {
    const cooperative = await makeCooperative(db);
    for (let home = 0; home < 2; home++) homes.push(await makeHousehold(db, { cooperative }));
  }
  return { homes, address: await makeAddress(db) };
}

/** A listing whose lots come from the households of one cooperative, day after day. */
function makePooled(db: Kysely<DB>, town: Town, random: Random, lots: number, most: number) {
  const coop = random.between(0, 1);
  return makeListing(db, {
    priceFen: random.between(400, 3_000),
    unitGrams: 200,
    lots: Array.from({ length: lots }, (_, day) => ({
      household: random.pick(town.homes.slice(coop * 2, coop * 2 + 2)),
      quantity: random.between(1, most),
      harvestedOn: `2026-11-${String(lots - day).padStart(2, "0")}`,
    })),
  });
}

function wantOf(listings: readonly MadeListing[], random: Random): Item[] {
  const [first, ...others] = listings;
  if (!first) throw new Error("a stage needs a listing");
  if (random.between(1, 100) <= PLAIN_PERCENT) return [{ listing: first, quantity: 1 }];
  const wanted = others
    .filter(() => random.between(0, 2) > 0)
    .map((listing) => ({ listing, quantity: random.between(1, 3) }));
  if (wanted.length === 0) return [{ listing: random.pick(others), quantity: 2 }];
  // The same lines the other way round: the order of locks must not be the buyer's.
  return random.between(0, 1) === 0 ? wanted : wanted.toReversed();
}

function totalOf(items: readonly Item[]): number {
  const parcels = new Set(items.map(({ listing }) => listing.cooperativeId)).size;
  const produce = items.reduce((sum, item) => sum + item.listing.priceFen * item.quantity, 0);
  return produce + parcels * FREIGHT_FEN;
}

async function fillCarts(db: Kysely<DB>, wants: readonly Want[]): Promise<void> {
  const carts = wants.map(({ buyer, items }) => ({
    id: uuidv7(),
    visitor_id: buyer.visitorId,
    items: items.map(({ listing, quantity }, position) => ({
      listing_id: listing.id,
      fen: listing.priceFen,
      quantity,
      position,
    })),
  }));
  await sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(carts)}::jsonb)
        as c (id uuid, visitor_id text, items jsonb)
    ), made as (
      insert into carts (id, visitor_id) select id, visitor_id from input
    )
    insert into cart_items (cart_id, listing_id, quantity, seen_price_fen, created_at)
    select c.id, i.listing_id, i.quantity, i.fen, now() + i.position * interval '1 ms'
    from input c, jsonb_to_recordset(c.items)
      as i (listing_id uuid, quantity int, fen bigint, position int)`.execute(db);
}

/** Sets a seed up: 500 full carts before a shelf that serves a few dozen. */
export async function makeStage(db: Kysely<DB>, town: Town, random: Random): Promise<Stage> {
  const listings = [await makePooled(db, town, random, random.between(9, 16), 3)];
  for (let more = 0; more < 3; more++) {
    listings.push(await makePooled(db, town, random, random.between(1, 4), 6));
  }
  const wants = Array.from({ length: BUYERS }, () => {
    const items = wantOf(listings, random);
    const isPlain = items[0]?.listing === listings[0];
    return { buyer: makeBuyer(), items, totalFen: totalOf(items), isPlain };
  });
  await fillCarts(db, wants);
  return { listings, lotIds: listings.flatMap(({ lotIds }) => lotIds), wants };
}

export type Shelf = Map<string, { available: number; held: number; sold: number; all: number }>;

/** What each listing has now, over all its lots. */
export async function readShelf(db: Kysely<DB>, { listings }: Stage): Promise<Shelf> {
  const { rows } = await sql<{ id: string; available: number; held: number; sold: number }>`
    select listing_id as id, sum(available) as available, sum(held) as held, sum(sold) as sold
    from lots where listing_id = any(${listings.map(({ id }) => id)}::uuid[])
    group by 1`.execute(db);
  return new Map(
    rows.map(({ id, ...at }) => [id, { ...at, all: at.available + at.held + at.sold }]),
  );
}
