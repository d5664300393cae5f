import { addDatabase, openSeededDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { CLIENTS, orderRounds, PROTOCOL } from "./orders/order-rounds.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import { initPgbench, runPgbench } from "./pgbench/run.ts";
import type { Place } from "./place.ts";

const LOTS = 10_000;

/** Orders of two lines by the product's own SQL, both round trips, against `pgbench -N`. */
export async function orderSql(place: Place): Promise<Measured> {
  const { family, isQuick } = place;
  const size = { rounds: 5, perClient: isQuick ? 60 : 250 };
  const seconds = isQuick ? 2 : 5;
  const db = await openSeededDatabase(place);
  const stock = await fillStock(db, LOTS);
  const count = (size.rounds + 1) * CLIENTS * size.perClient;
  const carts = Array.from({ length: count }, (_, n) => ({
    owner: `bench-${n}`,
    // Two lots far from each other: households of different cooperatives.
    listingIds: [n, n + LOTS / 2 + 1].map((at) => stock[at % LOTS]?.listingId ?? ""),
  }));
  const placeRound = await orderRounds(place, db, carts, size);
  const plain = await addDatabase(place.adminUrl, "pgbench");
  await initPgbench(family, plain);
  const pairs = await measurePairs(size.rounds, placeRound, async () => {
    const args = ["--skip-some-updates", PROTOCOL, `--client=${CLIENTS}`, "--jobs=2"];
    return (await runPgbench(family, plain, [...args, `--time=${seconds}`])).tps;
  });
  return {
    value: ratioOf(pairs),
    detail: {
      first: "orders/s",
      second: "pgbench -N, transactions/s",
      pairs,
      clients: CLIENTS,
      linesAnOrder: 2,
      lots: LOTS,
      ordersARound: CLIENTS * size.perClient,
    },
  };
}
