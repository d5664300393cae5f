import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { openSeededDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { CLIENTS, orderRounds } from "./orders/order-rounds.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import type { Place } from "./place.ts";

const LOTS = 10_000;

/** Throws unless every unit of the bench's lots is where the orders say it is. */
async function checkStock(db: Kysely<DB>, lotIds: readonly string[], quantity: number) {
  const { rows } = await sql<{ wrong: number; held: number; ordered: number }>`
    with lot as (select * from lots where id = any(${[...lotIds]}::uuid[])),
    named as (
      select a.lot_id, sum(a.quantity) as quantity from allocations a group by a.lot_id
    )
    select count(*) filter (where lot.available < 0 or lot.available + lot.held <> ${quantity}
        or lot.held <> coalesce(named.quantity, 0)) as wrong,
      sum(lot.held) as held, sum(coalesce(named.quantity, 0)) as ordered
    from lot left join named on named.lot_id = lot.id`.execute(db);
  const seen = rows[0];
  if (!seen || seen.wrong > 0) throw new Error(`oversold: ${JSON.stringify(seen)}`);
  return seen.held;
}

/** Orders of one unit, all for one lot, against the same orders over 10,000 lots. */
export async function orderHot(place: Place): Promise<Measured> {
  const size = { rounds: 5, perClient: place.isQuick ? 40 : 200 };
  const perRound = CLIENTS * size.perClient;
  const count = (size.rounds + 1) * perRound;
  // As much as is asked for in all rounds, and not one more.
  const db = await openSeededDatabase(place);
  const [hot] = await fillStock(db, 1, count);
  const cold = await fillStock(db, LOTS, count);
  const carts = (prefix: string, listingOf: (n: number) => string | undefined) =>
    Array.from({ length: count }, (_, n) => ({
      owner: `${prefix}-${n}`,
      listingIds: [listingOf(n) ?? ""],
    }));
  const forOne = await orderRounds(
    place,
    db,
    carts("hot", () => hot?.listingId),
    size,
    "hot",
  );
  const spread = carts("cold", (n) => cold[n % LOTS]?.listingId);
  const forMany = await orderRounds(place, db, spread, size, "cold");
  const pairs = await measurePairs(size.rounds, forOne, forMany);
  const held = await checkStock(db, [hot?.lotId ?? ""], count);
  await checkStock(
    db,
    cold.map(({ lotId }) => lotId),
    count,
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "orders/s, all for one lot",
      second: `orders/s over ${LOTS} lots`,
      pairs,
      clients: CLIENTS,
      ordersARound: perRound,
      unitsOfTheOneLot: count,
      unitsSold: held,
      oversold: 0,
    },
  };
}
