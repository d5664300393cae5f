import type { Measured } from "./figures.ts";
import type { Market } from "./market/open.ts";
import { AT_ONCE, openPlacing } from "./market/place-orders.ts";
import { signInBuyers } from "./market/sign-in-buyers.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { CLIENTS, countOrders, orderRounds } from "./orders/order-rounds.ts";
import { twoItems } from "./orders/two-items.ts";
import { measurePairs, ratioOf } from "./pairs.ts";

const LOTS = 10_000;

/** Orders over HTTP by signed-in buyers, against pgbench running the very same SQL. */
export async function orderHttp(market: Market): Promise<Measured> {
  const { db, isQuick } = market;
  const size = { rounds: 5, perClient: isQuick ? 30 : 100 };
  const stock = await fillStock(db, LOTS);
  const count = (size.rounds + 1) * CLIENTS * size.perClient;
  const carts = Array.from({ length: count }, (_, n) => ({
    owner: `bench-${n}`,
    listingIds: twoItems(stock, n),
  }));
  const placeBySql = await orderRounds(market, db, carts, size);
  const buyers = await signInBuyers(market, isQuick ? 200 : 500);
  const placing = openPlacing(market, buyers, stock);
  const placeByHttp = async (round: number) => {
    const before = await countOrders(db);
    const rate = await placing.placeRound(round);
    const placed = (await countOrders(db)) - before;
    if (placed !== buyers.length) throw new Error(`${placed} of ${buyers.length} orders are there`);
    return rate;
  };
  const pairs = await measurePairs(size.rounds, placeByHttp, placeBySql);
  placing.close();
  return {
    value: ratioOf(pairs),
    detail: {
      first: "orders/s over HTTP, from the checkout form to the way to the payment page",
      second: "orders/s by pgbench, reading the basket and writing the order",
      pairs,
      buyersAtOnce: AT_ONCE,
      pgbenchClients: CLIENTS,
      lots: LOTS,
      ordersARound: [buyers.length, CLIENTS * size.perClient],
    },
  };
}
