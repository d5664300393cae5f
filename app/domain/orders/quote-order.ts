import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import { type OrderPlan, planOrder } from "./plan-order.ts";
import { type Basket, readBasket } from "./read-basket.ts";
import { offerText } from "./shown-lines.ts";

export type Quote =
  | ({
      ok: true;
      /**
       * Put this into the checkout form as its hidden key: it stands for the cart as it is now and
       * all that is said of what is in it, so two tabs that show the same make one order, and the
       * same things bought again make another.
       */
      orderKey: string;
      region: { code: string; nameZh: string; nameEn: string } | null;
    } & OrderPlan)
  | { ok: false; reason: "cart-empty" | "unknown-region" };

function keyOf({ cartId, cartChangedAt, items }: Basket): string {
  const state = [cartId, cartChangedAt, ...items.map(offerText)];
  return createHash("sha256").update(state.join("\n")).digest("hex");
}

/**
 * What the buyer's cart would cost: parcels by cooperative with their lines (prices of now),
 * weight in grams and freight in fen, the sums, and per-line `problems` (not for sale, too little
 * stock, price changed since it was put in) that `placeOrder` would refuse. Lines that are not for
 * sale are left out of the sums. With `regionCode: null` the freight and the total are null;
 * a province is enough to know them.
 *
 * Fails with `cart-empty`, or `unknown-region` when the code is not in GB/T 2260. Locks
 * nothing, one round trip; a quote is no promise.
 */
export async function quoteOrder(
  db: Kysely<DB>,
  buyer: BuyerScope,
  asked: { regionCode: string | null; now?: Date },
): Promise<Quote> {
  const basket = await readBasket(db, buyer, { ...asked, orderKey: null });
  if (basket.items.length === 0) return { ok: false, reason: "cart-empty" };
  if (asked.regionCode !== null && basket.region === null) {
    return { ok: false, reason: "unknown-region" };
  }
  return {
    ok: true,
    orderKey: keyOf(basket),
    region: basket.region,
    ...planOrder(basket.items, asked.regionCode),
  };
}
