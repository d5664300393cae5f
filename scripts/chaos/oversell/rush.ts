import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { cancelOrder } from "#app/domain/payments/cancel-order.ts";
import { expireOrder } from "#app/domain/payments/expire-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import type { DB } from "#db/schema.d.ts";
import type { Bank } from "#tests/model/bank.ts";
import { lockLots, waitUntilBlocked } from "#tests/setup/barrier.ts";
import type { Shelf, Stage, Town, Want } from "./stage.ts";

/** One seed under way. */
export type Rush = {
  /** Where the buyers' statements go: a pool that they wait for, as in the market. */
  crowd: Kysely<DB>;
  /** Holds the lots while the others gather before them. */
  guard: Kysely<DB>;
  bank: Bank;
  town: Town;
  stage: Stage;
  /** What a buyer was told that is no answer. */
  thrown: string[];
};

export type Placed = Want & { orderId: string; number: string };
const LATER_MS = 3 * 60 * 60_000;
/** So many must stand before the locked lots, or there was no race; on a slow machine after long. */
const CROWD = 30;
const GATHERING_MS = 90_000;

/** Nobody may be told of a deadlock, a timeout or a bug. */
async function heard<Answer>(rush: Rush, act: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await act();
  } catch (error) {
    rush.thrown.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/**
 * All of them at the same moment: they wait before the lots until everyone is there whose way
 * leads there. Who is refused already by what she reads never comes that far.
 */
export async function atOnce(rush: Rush, acts: (() => Promise<unknown>)[]): Promise<void> {
  let underWay = acts.length;
  let running: Promise<unknown>[] = [];
  await rush.guard.transaction().execute(async (trx) => {
    await lockLots(rush.stage.lotIds).execute(trx);
    running = acts.map((act) =>
      heard(rush, act).finally(() => {
        underWay -= 1;
      }),
    );
    await waitUntilBlocked(rush.guard, () => Math.min(CROWD, underWay), GATHERING_MS);
  });
  await Promise.all(running);
}

/** The buyer orders the whole cart: null when there is too little left. */
export async function place(rush: Rush, want: Want): Promise<Placed | null> {
  const placed = await placeOrder(rush.crowd, want.buyer, {
    idempotencyKey: uuidv7(),
    address: rush.town.address,
    locale: "zh",
    shown: null,
    expectedTotalFen: want.totalFen,
  });
  if (placed.ok) return { ...want, orderId: placed.orderId, number: placed.number };
  if (placed.reason !== "insufficient-stock") throw new Error(`refused: ${placed.reason}`);
  return null;
}

/** The payment page of an order, at the bank. */
export async function openPage(rush: Rush, { orderId, buyer }: Placed) {
  const publicUrl = "http://localhost:3000";
  const opened = await openCheckout(rush.crowd, rush.bank.gateway, buyer, { orderId, publicUrl });
  if (!opened.ok) throw new Error(`no payment page: ${opened.reason}`);
  const index = rush.bank.pageIds().indexOf(opened.url.split("/").at(-1) ?? "");
  return rush.bank.pageAt(index);
}

export type Page = Awaited<ReturnType<typeof openPage>>;

export const settle = (rush: Rush, page: Page) => async () => {
  const settled = await settlePayment(rush.crowd, rush.bank.gateway, {
    checkoutSessionId: page.id,
  });
  if (!settled.ok) throw new Error(`not settled: ${settled.reason}`);
};

export const expire =
  (rush: Rush, { orderId }: Placed) =>
  async () => {
    const now = new Date(Date.now() + LATER_MS);
    const expired = await expireOrder(rush.crowd, rush.bank.gateway, { orderId, now });
    if (!expired.ok) throw new Error(`not expired: ${expired.reason}`);
  };

export const giveUp =
  (rush: Rush, { number, buyer }: Placed) =>
  async () => {
    const cancelled = await cancelOrder(rush.crowd, rush.bank.gateway, buyer, { number });
    if (!cancelled.ok) throw new Error(`not cancelled: ${cancelled.reason}`);
  };

/** Whether everything wanted is there now. */
export const isServable = (shelf: Shelf, want: Want) =>
  want.items.every((item) => (shelf.get(item.listing.id)?.available ?? 0) >= item.quantity);
