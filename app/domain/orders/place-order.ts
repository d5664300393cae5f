import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import { lockLotsOfListings } from "../stock/lock-lots.ts";
import { type LineProblem, type OrderPlan, planOrder } from "./plan-order.ts";
import { readBasket } from "./read-basket.ts";
import { writeOrder } from "./write-order.ts";

/** Stripe lets a checkout live 30 minutes at least; one more covers the way there. */
export const HOLD_MS = 31 * 60_000;

/** Stripe takes at most eight digits of a currency's smallest unit. */
const LARGEST_TOTAL_FEN = 99_999_999;

/** Stripe takes nothing below 50 US cents; four yuan stay above it at any rate seen so far. */
const SMALLEST_TOTAL_FEN = 400;

/** Others may take the same lots between the plan and the write; then it is planned again. */
const ATTEMPTS = 8;

/**
 * So often without a lock. Where many want the same few lots the next plan would be overtaken as
 * well, again and again, and a buyer be sent away from what is there: then it is planned behind
 * the lots' locks, where nobody overtakes.
 */
const UNLOCKED_ATTEMPTS = 2;

export type OrderInput = {
  /** The checkout form's hidden key; `quoteOrder` gives one that suits. */
  idempotencyKey: string;
  address: { recipient: string; phone: string; regionCode: string; street: string };
  locale: "zh" | "en";
  /** What the buyer was shown and agreed to. */
  expectedTotalFen: number;
  now?: Date;
};

export type PlacedOrder =
  | { ok: true; orderId: string; number: string; isNew: boolean }
  | { ok: false; reason: "cart-empty" | "unknown-region" | "total-too-large" | "total-too-small" }
  | { ok: false; reason: "form-used" }
  | {
      ok: false;
      reason: "listing-unavailable" | "insufficient-stock" | "price-changed";
      lines: LineProblem[];
    }
  | { ok: false; reason: "total-changed"; totalFen: number; expectedTotalFen: number };

type Refused = Extract<PlacedOrder, { ok: false }>;

/** The gravest problem names the refusal; all of them come along. */
const GRAVEST_FIRST = ["listing-unavailable", "insufficient-stock", "price-changed"] as const;

function refuse(plan: OrderPlan, expectedTotalFen: number): Refused | null {
  const reason = GRAVEST_FIRST.find((kind) => plan.problems.some((line) => line.kind === kind));
  if (reason) return { ok: false, reason, lines: plan.problems };
  const totalFen = plan.totalFen ?? 0;
  if (totalFen > LARGEST_TOTAL_FEN) return { ok: false, reason: "total-too-large" };
  if (totalFen < SMALLEST_TOTAL_FEN) return { ok: false, reason: "total-too-small" };
  if (totalFen !== expectedTotalFen) {
    return { ok: false, reason: "total-changed", totalFen, expectedTotalFen };
  }
  return null;
}

/**
 * Makes an order of the buyer's whole cart: order, parcels, lines, allocations and stock holds in
 * one statement; the cart is emptied of it; it expires in 31 minutes unless it is paid. No payment
 * is opened here: call `openCheckout` with the order's id next.
 *
 * The same key again (second tap, second tab, retry after a lost answer) returns the same order
 * with `isNew: false`, whatever became of it. Two round trips; two more when another buyer took a
 * planned lot in between, and when that happens again the listings' lots are locked first.
 *
 * Refuses, holding nothing: `cart-empty`; `form-used` (the key made an order in this browser whose
 * buyer has signed in or out since: it is not this one's to see); `unknown-region` (no county of GB/T 2260, nor a
 * city without counties);
 * `listing-unavailable`, `insufficient-stock`, `price-changed` with every line's problem in
 * `lines`; `total-changed` when the sum is not the one the buyer was shown; `total-too-large`
 * above CNY 999,999.99, `total-too-small` below CNY 4.00 (Stripe's bounds). Locks lots in id order. Rules 1 and 4 of the product.
 */
export async function placeOrder(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: OrderInput,
): Promise<PlacedOrder> {
  let overtaken: Overtaken = { cartId: "", listingIds: [] };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const locked = overtaken;
    const tried =
      attempt < UNLOCKED_ATTEMPTS
        ? await tryToPlace(db, buyer, input, null)
        : await db.transaction().execute(async (trx) => {
            // The cart first, as whoever orders it does: a second tap of this buyer waits here.
            await sql`select id from carts where id = ${locked.cartId} for no key update`.execute(
              trx,
            );
            await lockLotsOfListings(trx, locked.listingIds);
            return tryToPlace(trx, buyer, input, locked.listingIds);
          });
    if (!("overtaken" in tried)) return tried;
    overtaken = tried.overtaken;
  }
  throw new Error(`an order could not be written in ${ATTEMPTS} attempts`);
}

type Overtaken = { cartId: string; listingIds: string[] };

/** Plans the order and writes it, or says of which listings the plan held no longer. */
async function tryToPlace(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: OrderInput,
  locked: readonly string[] | null,
): Promise<PlacedOrder | { overtaken: Overtaken }> {
  const { recipient, phone, regionCode, street } = input.address;
  // The browser's id in it: a key guessed or reused elsewhere never meets another buyer's order.
  const key = createHash("sha256")
    .update(`${buyer.visitorId}\n${input.idempotencyKey}`)
    .digest("hex");
  const basket = await readBasket(db, buyer, { regionCode, orderKey: key });
  const { placed: known } = basket;
  if (known && !known.isOwn) return { ok: false, reason: "form-used" };
  if (known) return { ok: true, orderId: known.id, number: known.number, isNew: false };
  if (!basket.cartId || basket.items.length === 0) return { ok: false, reason: "cart-empty" };
  if (!basket.region?.takesParcels) return { ok: false, reason: "unknown-region" };
  const { cartId } = basket;
  const listingIds = basket.items.map(({ listingId }) => listingId);
  const overtaken = { cartId, listingIds };
  // The cart has changed meanwhile: what it names now is to be locked in the order of ids too.
  if (locked && listingIds.some((id) => !locked.includes(id))) return { overtaken };
  const plan = planOrder(basket.items, regionCode);
  const refused = refuse(plan, input.expectedTotalFen);
  if (refused) return refused;
  const { nameZh: regionZh, nameEn: regionEn } = basket.region;
  const now = input.now ?? new Date();
  const { placed } = await writeOrder(db, {
    buyer,
    cartId,
    key,
    locale: input.locale,
    address: { recipient, phone, regionCode, regionZh, regionEn, street },
    plan: { ...plan, freightFen: plan.freightFen ?? 0, totalFen: plan.totalFen ?? 0 },
    now,
    expiresAt: new Date(now.getTime() + HOLD_MS),
  });
  if (!placed) return { overtaken };
  return { ok: true, orderId: placed.id, number: placed.number, isNew: true };
}
