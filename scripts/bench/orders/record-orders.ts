import type { Kysely } from "kysely";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { FullCart } from "./fill-carts.ts";
import { recordingDb, type Statement } from "./recording-db.ts";

/** Guangzhou's Tianhe, in another province than the cooperatives. */
export const ADDRESS = {
  recipient: "王小姐",
  phone: "13800000001",
  regionCode: "440106",
  street: "天河路 1 号",
};

/**
 * What `placeOrder` sends to the database for each visitor's cart, statement by statement, up to
 * the write that makes the order; nothing is written.
 */
export async function recordOrders(
  db: Kysely<DB>,
  carts: readonly FullCart[],
): Promise<Statement[][]> {
  const recording = recordingDb(db, { isOpen: true, id: "recorded", number: "recorded" });
  const orders: Statement[][] = [];
  let expectedTotalFen = 0;
  for (const { owner } of carts) {
    const buyer = { userId: null, visitorId: owner } as BuyerScope;
    const place = () =>
      placeOrder(recording.db, buyer, {
        idempotencyKey: `bench-${owner}`.padEnd(16, "-"),
        address: ADDRESS,
        locale: "zh",
        shown: null,
        expectedTotalFen,
      });
    let placed = await place();
    if (!placed.ok && placed.reason === "total-changed") {
      expectedTotalFen = placed.totalFen;
      recording.take();
      placed = await place();
    }
    if (!placed.ok) throw new Error(`an order to be recorded was refused: ${placed.reason}`);
    orders.push(recording.take());
  }
  return orders;
}
