import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import { correctAddress, type TypedAddress } from "./correct-address.ts";
import { type LineProblem, type OrderPlan, planOrder } from "./plan-order.ts";
import { type Basket, readBasket } from "./read-basket.ts";
import { NOTHING_SAID, type Said } from "./said-rule.ts";
import {
  changesSince,
  type FreightChange,
  freightChangesSince,
  type LineChange,
  type ShownFreight,
  type ShownLine,
} from "./shown-lines.ts";
import { standsInTheWay } from "./stays-in-cart.ts";
import { type FreshLots, type OrderToWrite, writeOrder } from "./write-order.ts";

/** Stripe lets a checkout live 30 minutes at least; one more covers the way there. */
export const HOLD_MS = 31 * 60_000;

/** Stripe takes at most eight digits of a currency's smallest unit. */
const LARGEST_TOTAL_FEN = 99_999_999;

/** Stripe takes nothing below 50 US cents; four yuan stay above it at any rate seen so far. */
const SMALLEST_TOTAL_FEN = 400;

/** A cart may change again and again while it is ordered; then it is read and planned anew. */
const ATTEMPTS = 8;

export type OrderInput = {
  /** The checkout form's hidden key; `quoteOrder` gives one that suits. */
  idempotencyKey: string;
  address: TypedAddress;
  locale: "zh" | "en";
  /** A word to those who pack it; nothing where it is left out. */
  said?: Said;
  /** What the buyer was shown and agreed to. */
  expectedTotalFen: number;
  /** The lines that her page showed her; null where nobody was shown a page. */
  shown: readonly ShownLine[] | null;
  /** What her page said of each parcel's freight; null or left out where nobody was shown any. */
  shownFreight?: readonly ShownFreight[] | null;
  /** The order that her browser was told of last, and how often its address had been corrected then. */
  told?: { number: string; revision: number } | null;
  now?: Date;
};

export type PlacedOrder =
  /** `revision`: how often its address has been corrected. */
  | {
      ok: true;
      orderId: string;
      number: string;
      isNew: boolean;
      revision: number;
      isCorrected?: true;
    }
  | { ok: false; reason: "cart-empty" | "unknown-region" | "total-too-large" | "total-too-small" }
  | { ok: false; reason: "form-used" }
  /** The form has made the order `number`, which goes where it was to go before. */
  | {
      ok: false;
      reason: "address-costs-other" | "address-stays";
      number: string;
      revision: number;
    }
  /** It has made it, and the order is not what was sent: nothing of it is changed. */
  | ({ ok: false; reason: "order-stands"; expectedTotalFen: number; isElsewhere: boolean } & Pick<
      NonNullable<Basket["placed"]>,
      "number" | "revision" | "totalFen" | "address"
    >)
  | {
      ok: false;
      reason:
        | "listing-unavailable"
        | "insufficient-stock"
        | "over-limit"
        | "price-changed"
        | "not-served";
      lines: LineProblem[];
    }
  | { ok: false; reason: "offer-changed"; changes: LineChange[] }
  | { ok: false; reason: "freight-changed"; changes: FreightChange[] }
  | { ok: false; reason: "total-changed"; totalFen: number; expectedTotalFen: number };

type Refused = Extract<PlacedOrder, { ok: false }>;

/** The gravest problem names the refusal; all of them come along. */
const GRAVEST_FIRST = [
  "listing-unavailable",
  "insufficient-stock",
  "over-limit",
  "not-served",
  "price-changed",
] as const;

function refuse(plan: OrderPlan, input: OrderInput): Refused | null {
  const { expectedTotalFen, shown, shownFreight } = input;
  const inTheWay =
    plan.parcels.length === 0
      ? plan.problems
      : plan.problems.filter((problem) => standsInTheWay(problem, shown));
  const reason = GRAVEST_FIRST.find((kind) => inTheWay.some((line) => line.kind === kind));
  if (reason) return { ok: false, reason, lines: plan.problems };
  const changes = shown === null ? [] : changesSince(shown, plan);
  if (changes.length > 0) return { ok: false, reason: "offer-changed", changes };
  const totalFen = plan.totalFen ?? 0;
  if (totalFen > LARGEST_TOTAL_FEN) return { ok: false, reason: "total-too-large" };
  if (totalFen < SMALLEST_TOTAL_FEN) return { ok: false, reason: "total-too-small" };
  if (totalFen !== expectedTotalFen) {
    return { ok: false, reason: "total-changed", totalFen, expectedTotalFen };
  }
  const dearer = freightChangesSince(shownFreight ?? [], plan);
  if (dearer.length > 0) return { ok: false, reason: "freight-changed", changes: dearer };
  return null;
}

/** What is to be written of the basket; or why nothing is, or nothing more. */
function planBasket(
  { cartId, items, region }: Basket,
  input: OrderInput,
): Refused | Pick<OrderToWrite, "cartId" | "address" | "plan"> {
  if (!cartId || items.length === 0) return { ok: false, reason: "cart-empty" };
  if (!region?.takesParcels) return { ok: false, reason: "unknown-region" };
  const { recipient, phone, regionCode, street } = input.address;
  const plan = planOrder(items, regionCode);
  const refused = refuse(plan, input);
  if (refused) return refused;
  return {
    cartId,
    address: {
      recipient,
      phone,
      regionCode,
      regionZh: region.nameZh,
      regionEn: region.nameEn,
      street,
    },
    plan: { ...plan, freightFen: plan.freightFen ?? 0, totalFen: plan.totalFen ?? 0 },
  };
}

/** The order that this form has made already; null when it changed while it was looked at. */
async function returnTo(
  db: Kysely<DB>,
  known: NonNullable<Basket["placed"]>,
  { region }: Basket,
  { address, said = NOTHING_SAID, expectedTotalFen, told }: OrderInput,
): Promise<PlacedOrder | null> {
  if (!known.isOwn) return { ok: false, reason: "form-used" };
  const { id: orderId, number, revision, totalFen } = known;
  const corrected = await correctAddress(db, known, region, address, said, {
    revision: told?.number === number ? told.revision : null,
    totalFen: expectedTotalFen,
  });
  if (corrected.ok) {
    const found = {
      ok: true,
      orderId,
      number,
      isNew: false,
      revision: corrected.revision,
    } as const;
    return corrected.isCorrected ? { ...found, isCorrected: true } : found;
  }
  if (corrected.reason === "order-changed") return null;
  const stands = { number, revision, totalFen, expectedTotalFen, address: known.address };
  if (corrected.reason === "order-stands") return { ...corrected, ...stands };
  return { ok: false, reason: corrected.reason, number, revision };
}

/** The same basket with what is free by now; a listing without any has nothing left. */
const withLots = (basket: Basket, lots: FreshLots): Basket => ({
  ...basket,
  items: basket.items.map((item) => ({ ...item, lots: [...(lots.get(item.listingId) ?? [])] })),
});

/**
 * Makes an order of the buyer's whole cart: order, parcels, lines, allocations and stock holds in
 * one statement; the cart is emptied of it; it expires in 31 minutes unless it is paid. No payment
 * is opened here: call `openCheckout` with the order's id next.
 *
 * The same key again (second tap, second tab, retry after a lost answer) returns the same order
 * with `isNew: false`, whatever became of it. With another address it goes there from now on
 * (`isCorrected`), as long as it is unpaid, costs no other freight and was sent knowing of where it
 * goes now (`told`): see `correctAddress`.
 *
 * Two round trips to the database, three when other buyers took a planned lot in between: the second
 * answers with what is left, and the third chooses the lots and splits the fen behind their locks, so
 * that it is refused only when there is too little. When the buyer herself changes her cart
 * or its prices change meanwhile, or the database has it give way to others (a deadlock), it is read anew.
 *
 * Refuses, holding nothing: `cart-empty`; `form-used` (the key made an order in this browser whose
 * buyer has signed in or out since: it is not this one's to see); `unknown-region` (no county of GB/T 2260, nor a
 * city without counties);
 * `listing-unavailable` (also when no cycle is open, by `now` and what was waited behind others),
 * `insufficient-stock`, `over-limit` (more than one order may take of it),
 * `price-changed` with every line's problem in
 * `lines`; `not-served` likewise, of a line that she was shown as ordered and that its cooperative does
 * not send to that province (one that she was not shown stays in the cart, as a paused one does, and the
 * rest is ordered);
 * `freight-changed` when a parcel's freight is not what was shown, though the sum is;
 * `offer-changed` when a line is not in every fact what `shown` says that she saw, or there
 * is another one or one less; `address-costs-other`, `address-stays`, `order-stands` (it goes
 * elsewhere or costs another sum than her page knew) of an order that is placed already; `total-changed` when the sum is not the one the buyer was shown; `total-too-large`
 * above CNY 999,999.99, `total-too-small` below CNY 4.00 (Stripe's bounds). Locks lots in id order. Rules 1 and 4 of the product.
 */
export async function placeOrder(
  db: Kysely<DB>,
  buyer: BuyerScope,
  input: OrderInput,
): Promise<PlacedOrder> {
  // The browser's id in it: a key guessed or reused elsewhere never meets another buyer's order.
  const key = createHash("sha256")
    .update(`${buyer.visitorId}\n${input.idempotencyKey}`)
    .digest("hex");
  const { regionCode } = input.address;
  let basket: Basket | null = null;
  let lots: FreshLots | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    basket ??= await readBasket(db, buyer, { regionCode, orderKey: key, now: input.now });
    if (basket.placed) {
      const returned = await returnTo(db, basket.placed, basket, input);
      if (returned) return returned;
      basket = null;
      continue;
    }
    const planned = planBasket(basket, input);
    if ("ok" in planned) return planned;
    const now = input.now ?? new Date();
    const written = await writeOrder(db, {
      ...{ buyer, key, locale: input.locale, ...planned, now },
      said: input.said ?? NOTHING_SAID,
      expiresAt: new Date(now.getTime() + HOLD_MS),
      isOvertaken: lots !== null,
    });
    if (written.placed) {
      const { id: orderId, number } = written.placed;
      return { ok: true, orderId, number, isNew: true, revision: 0 };
    }
    ({ lots } = written);
    basket = lots && withLots(basket, lots);
  }
  throw new Error(`an order could not be written in ${ATTEMPTS} attempts`);
}
