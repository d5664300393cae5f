import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { noteSubstitute } from "../messages/note-sale.ts";
import { findOrder } from "../orders/find-order.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { lockParcels } from "../parcels/lock-parcel.ts";
import { stoppedOrderStatuses } from "../parcels/paid-orders.ts";
import { isBoxOpen, type ParcelStatus } from "../parcels/parcel-states.ts";
import { planMissing } from "../payments/plan-missing.ts";
import { requestOrderRefund } from "../payments/request-order-refund.ts";
import type { BuyerScope } from "../scopes.ts";
import { lockSoldLots } from "../stock/lock-lots.ts";
import { giveUp } from "./give-up.ts";
import { OFFER_AS_SHOWN } from "./list-offers.ts";
import { type LockedSubstitution, lockSubstitution } from "./lock-substitution.ts";
import { noteEnded } from "./note-ended.ts";
import type { SubstitutionState } from "./substitution-rule.ts";
import { writeSubstitute } from "./write-substitute.ts";

export type AnsweredSubstitute =
  | { ok: true; state: "accepted" | "declined"; isNew: boolean }
  | { ok: false; reason: "order-not-found" | "order-stopped" }
  /** Nothing is replaced: her time was over, or the offer is not what she was shown. Her money goes back. */
  | { ok: false; reason: "too-late" | "offer-changed" }
  /** It had ended before she answered so. */
  | { ok: false; reason: "answered"; state: SubstitutionState };

type InHand = {
  order: LockedOrder;
  siblings: readonly { id: string; status: ParcelStatus }[];
  substitution: LockedSubstitution;
  now: Date;
};

/**
 * The buyer answers what may replace something of her own order. With her yes what she was shown (kept
 * with the proposal, and her consent beside it) is what is packed and what her money for the missing goods
 * buys (write-substitute.ts); the difference goes back to her. With her no all of it goes back
 * (give-up.ts). So it does where her yes comes after its time ("too-late"), or when the offer's words,
 * unit, photo or price are not any more what she was shown ("offer-changed"). The same answer again is
 * answered ok with `isNew` false.
 *
 * Fails with "order-not-found" (also for another buyer's, and where it has no such proposal), "answered"
 * (how it ended, meanwhile or before) and "order-stopped" (refunded, or a bank has its money). Locks the
 * order's row, its parcels by id, the proposal, both listings by id, then the lots by id.
 */
export async function answerSubstitute(
  db: Kysely<DB>,
  buyer: BuyerScope,
  asked: {
    number: string;
    substitutionId: string;
    answer: "yes" | "no";
    locale: "zh" | "en";
    now?: Date;
  },
): Promise<AnsweredSubstitute> {
  const now = asked.now ?? new Date();
  return db.transaction().execute(async (trx): Promise<AnsweredSubstitute> => {
    const orderId = await findOrder(trx, buyer, asked.number);
    const order = orderId && (await lockOrder(trx, orderId));
    if (!order) return { ok: false, reason: "order-not-found" };
    const siblings = await lockParcels(trx, order.id);
    const of = { orderId: order.id, id: asked.substitutionId };
    const substitution = await lockSubstitution(trx, of);
    if (!substitution) return { ok: false, reason: "order-not-found" };
    const { state } = substitution;
    const wanted = asked.answer === "yes" ? "accepted" : "declined";
    if (state === wanted) return { ok: true, state, isNew: false };
    if (state !== "open") return { ok: false, reason: "answered", state };
    if (stoppedOrderStatuses.includes(order.status)) return { ok: false, reason: "order-stopped" };
    const inHand = { order, siblings, substitution, now };
    if (wanted === "declined") {
      const given = await giveUp(trx, { ...inHand, state: wanted, userId: buyer.userId });
      return given.ok ? { ok: true, state: wanted, isNew: true } : given;
    }
    return accept(trx, inHand, buyer, asked.locale);
  });
}

async function accept(
  trx: Transaction<DB>,
  inHand: InHand,
  { userId }: BuyerScope,
  locale: "zh" | "en",
): Promise<AnsweredSubstitute> {
  const { order, siblings, substitution, now } = inHand;
  const { id, orderId, parcelId, orderLineId, missingUnits } = substitution;
  const refuse = async (reason: "too-late" | "offer-changed"): Promise<AnsweredSubstitute> => {
    const state = reason === "too-late" ? "lapsed" : "changed";
    const given = await giveUp(trx, { ...inHand, state, userId: null });
    return given.ok ? { ok: false, reason } : given;
  };
  if (substitution.answerBy <= now) return refuse("too-late");
  const parcel = siblings.find((each) => each.id === parcelId);
  if (!parcel || !isBoxOpen(parcel.status)) throw new Error(`parcel ${parcelId} went on unasked`);
  if (!(await lockAsShown(trx, substitution))) return refuse("offer-changed");
  const money = await planMissing(trx, {
    ...{ orderId, parcelId, orderLineId, quantity: missingUnits },
  });
  if (!money.ok) return { ok: false, reason: "order-stopped" };
  await lockSoldLots(trx, [parcelId]);
  const newLineId = await writeSubstitute(trx, substitution, { left: money.left, now });
  const refundId = await giveDifference(trx, substitution);
  const consent = { isGuest: userId === null, locale };
  await noteEnded(trx, { id, parcelId, state: "accepted", userId, refundId, consent, now });
  await noteSubstitute(trx, { orderId: order.id, orderLineId: newLineId });
  return { ok: true, state: "accepted", isNew: true };
}

/** What she paid more for what is missing than for what replaces it goes back to her; null for nothing. */
async function giveDifference(
  trx: Transaction<DB>,
  { id, orderId, parcelId, orderLineId, shown, differenceNote, askedBy }: LockedSubstitution,
): Promise<string | null> {
  if (shown.backFen === 0) return null;
  const refund = await requestOrderRefund(trx, {
    ...{ orderId, parcelId, of: { kind: "amount", fen: shown.backFen, orderLineId } },
    ...{ reason: "goods", note: differenceNote, key: `substitute:${id}`, userId: askedBy },
  });
  if (!refund.ok) throw new Error(`the difference of substitution ${id} is ${refund.reason}`);
  return refund.refundId;
}

/** Locks both listings, and says whether the offer is what she was shown, in every fact. */
async function lockAsShown(trx: Transaction<DB>, { id }: LockedSubstitution): Promise<boolean> {
  await sql`
    select from substitutions s join order_lines n on n.id = s.order_line_id
    join listings l on l.id in (s.listing_id, n.listing_id)
    where s.id = ${id} order by l.id for no key update of l`.execute(trx);
  // A statement of its own: it sees what was committed while the one before it waited.
  const { rows } = await sql<{ isSame: boolean }>`
    select ${OFFER_AS_SHOWN} as "isSame" from substitutions s join listings l on l.id = s.listing_id
    where s.id = ${id}`.execute(trx);
  return rows[0]?.isSame ?? false;
}
