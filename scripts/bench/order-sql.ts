import { addDatabase, openSeededDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { CLIENTS, orderRounds } from "./orders/order-rounds.ts";
import { twoItems } from "./orders/two-items.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import { initPgbench, plainTps } from "./pgbench/run.ts";
import type { Place } from "./place.ts";

const LOTS = 10_000;

/** Orders of two lines by the product's own SQL, both round trips, against `pgbench -N`. */
export async function orderSql(place: Place): Promise<Measured> {
  const { family, isQuick } = place;
  const size = { rounds: 5, perClient: isQuick ? 150 : 500 };
  const db = await openSeededDatabase(place);
  const stock = await fillStock(db, LOTS);
  const count = (size.rounds + 1) * CLIENTS * size.perClient;
  const carts = Array.from({ length: count }, (_, n) => ({
    owner: `bench-${n}`,
    listingIds: twoItems(stock, n),
  }));
  const placeRound = await orderRounds(place, db, carts, size);
  const plain = await addDatabase(place.adminUrl, "pgbench");
  await initPgbench(family, plain);
  const seconds = isQuick ? 3 : 5;
  const pairs = await measurePairs(size.rounds, placeRound, () =>
    plainTps(family, plain, { clients: CLIENTS, seconds }),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "orders/s of two lines by pgbench, reading the basket and writing the order",
      second: "pgbench -N, transactions/s",
      pairs,
      clients: CLIENTS,
      lots: LOTS,
      ordersARound: CLIENTS * size.perClient,
    },
  };
}
