import { HOLD_MS } from "#app/domain/orders/place-order.ts";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { isReceivable } from "#app/domain/parcels/receipt-rule.ts";
import type { SubstitutionView } from "#app/domain/substitutions/read-substitutions.ts";
import type { Arrival } from "./order-path.ts";

/** What of an order the news must agree with. */
type Told = Pick<
  OrderView,
  | "status"
  | "createdAt"
  | "expiresAt"
  | "paidAt"
  | "refundFen"
  | "asideRefunds"
  | "stillOwedFen"
  | "isMoneyHeld"
> & {
  hasInvoice: boolean;
  isGuest: boolean;
  substitutions: readonly Pick<SubstitutionView, "state">[];
  parcels: readonly Pick<OrderView["parcels"][number], "status">[];
};

const isPending = ({ status }: Told) => status === "pending-payment";
/** Nothing of it has been charged, as far as we know. */
const isUncharged = (order: Told) => isPending(order) && !order.isMoneyHeld;
/** Nothing was ever paid for it. */
const isFree = ({ paidAt, asideRefunds, stillOwedFen, isMoneyHeld }: Told) =>
  paidAt === null && asideRefunds.length === 0 && stillOwedFen === 0 && !isMoneyHeld;
/** What she was asked about replacing something of it ended so, once at least. */
const ended = ({ substitutions }: Told, ...states: SubstitutionView["state"][]) =>
  substitutions.some(({ state }) => states.includes(state));
const statuses = ({ parcels }: Told) => parcels.map(({ status }) => status);
/** No payment page may be opened any more: of one whose hold grew, not from its first end on. */
const isOver = ({ createdAt, expiresAt }: Told, now: Date) =>
  expiresAt <= now || now.getTime() - createdAt.getTime() > HOLD_MS;

/** Of each kind of news, whether it can be true of an order that stands so. */
const RULES: Record<Arrival, (order: Told, now: Date) => boolean> = {
  paid: ({ paidAt, status }) =>
    paidAt !== null && !["cancelled", "refunded", "disputed"].includes(status),
  confirming: isUncharged,
  unpaid: isUncharged,
  checking: ({ isMoneyHeld }) => isMoneyHeld,
  // A second payment of a paid order goes back too; of that the order's state tells.
  refunding: ({ status, paidAt, asideRefunds }) =>
    ["cancelled", "expired"].includes(status) &&
    paidAt === null &&
    asideRefunds.some((refund) => refund.status !== "failed"),
  "payments-unavailable": isUncharged,
  "amount-too-small": isUncharged,
  "order-not-payable": (order, now) => !isPending(order) || isOver(order, now),
  "order-not-cancellable": ({ status }) => !["pending-payment", "cancelled"].includes(status),
  // What a bank still works on is between it and Stripe.
  "payment-waits": isPending,
  "order-changed": ({ status }) => status !== "cancelled",
  over: (order) => order.status === "expired" && isFree(order),
  "address-corrected": isUncharged,
  cancelled: (order) => order.status === "cancelled" && isFree(order),
  "cancelled-refunding": (order) =>
    ["cancelled", "refunded"].includes(order.status) &&
    order.paidAt !== null &&
    order.refundFen > 0 &&
    order.stillOwedFen === 0 &&
    statuses(order).every((status) => status === "cancelled"),
  received: (order) =>
    ["completed", "partly-refunded"].includes(order.status) &&
    statuses(order).every((status) => status === "delivered" || status === "cancelled"),
  "parcel-received": (order) =>
    !["completed", "cancelled", "refunded", "disputed"].includes(order.status) &&
    statuses(order).includes("delivered"),
  "invoice-saved": ({ hasInvoice }) => hasInvoice,
  "phone-confirmed": ({ isGuest }) => !isGuest,
  "substitute-accepted": (order) => ended(order, "accepted"),
  "substitute-declined": (order) => ended(order, "declined"),
  "substitute-too-late": (order) => ended(order, "lapsed"),
  "substitute-offer-changed": (order) => ended(order, "changed"),
  "substitute-order-stopped": (order) => ended(order, "open", "dropped"),
  "substitute-answered": (order) =>
    order.substitutions.length > 0 && order.substitutions.some(({ state }) => state !== "open"),
  "not-receivable": (order) =>
    order.status !== "completed" && !isReceivable(order.status, statuses(order)),
};

/** The address may say anything; what is shown as news must agree with the order itself. */
export function isTrue(news: Arrival, order: Told, now: Date): boolean {
  return RULES[news](order, now);
}
