/** One amount in the smallest unit of its currency; for us always fen of CNY. */
type Money = { fen: number; currency: string };

export type CheckoutOrder = {
  orderId: string;
  number: string;
  locale: "zh" | "en";
  lines: { name: string; unitFen: number; quantity: number }[];
  /** The accounts that every fen of produce will reach; written into Stripe's own records. */
  reliefCodes: string[];
  expiresAt: Date;
  successUrl: string;
  cancelUrl: string;
  idempotencyKey: string;
};

/** What Stripe says of one checkout, in our words. */
export type Checkout = {
  id: string;
  status: "open" | "complete" | "expired";
  /** Where the buyer pays; null once it is closed. */
  url: string | null;
  orderId: string | null;
  expiresAt: Date;
  /** The money that has come; null while it has not. */
  payment: CheckoutPayment | null;
  /** The buyer is done but the money is still on its way (bank debits and the like). */
  isProcessing: boolean;
  /** The last try failed, and she may try again; why is between her and her bank. */
  isDeclined: boolean;
};

export type CheckoutPayment = Money & {
  paymentIntentId: string;
  chargeId: string | null;
  balanceTransactionId: string | null;
  paidAt: Date;
};

export type Refund = {
  id: string;
  status: "pending" | "succeeded" | "failed";
  /** Stripe's own word for why it failed; null while it has not. */
  failure: string | null;
  balanceTransactionId: string | null;
};

/** A refund as Stripe lists it with its charge. */
export type GivenBack = Refund & {
  fen: number;
  /** The id of ours that we wrote into it; null when somebody gave it by hand. */
  ourRefundId: string | null;
  createdAt: Date;
  /** When its money came back to our balance; null while it has not, or Stripe does not say. */
  failedAt: Date | null;
};

/** One payment as Stripe has it now, with everything given back of it, oldest first. */
export type Charge = {
  id: string;
  paymentIntentId: string | null;
  /** Null when it is no payment of ours. */
  orderId: string | null;
  /** The money that came by it; null when none did. */
  paid: (Money & { paidAt: Date }) | null;
  refunds: GivenBack[];
};

/** A buyer's bank takes a payment back while it looks into a complaint. */
export type Dispute = Money & {
  id: string;
  chargeId: string;
  paymentIntentId: string | null;
  orderId: string | null;
  /** Stripe's own word: https://docs.stripe.com/api/disputes/object#dispute_object-status */
  status: string;
  /** Stripe's own word: https://docs.stripe.com/disputes/categories */
  reason: string;
  /** Until when evidence can be sent; null when none is asked for. */
  dueAt: Date | null;
  /**
   * What it moved on our balance: taken is negative, given back positive; the fee is apart. In the
   * currency in which the account settles, which may be another than the dispute's.
   * https://docs.stripe.com/currencies/conversions
   */
  movements: (Money & { id: string; feeFen: number; movedAt: Date })[];
};

/**
 * One line of Stripe's balance, signed: what came in is positive. Net is fen less feeFen.
 * https://docs.stripe.com/api/balance_transactions/object
 */
export type Movement = Money & {
  id: string;
  feeFen: number;
  /** Stripe's word for what kind of line it is, as fine as it has one. */
  type: string;
  /** Stripe's word for accountants: https://docs.stripe.com/reports/reporting-categories */
  category: string;
  /** The charge, refund, dispute or payout that it belongs to. */
  sourceId: string | null;
  movedAt: Date;
  availableAt: Date;
};

/** A verified nudge: what happened is fetched from Stripe, never read from here. */
export type PaymentEvent = {
  id: string;
  type: string;
  objectId: string;
  /** Set when the event is about a checkout session. */
  checkoutSessionId: string | null;
  /** Set when the event is about a refund. */
  refundId: string | null;
  /** Set when something was given back of this charge, by us or by hand at Stripe. */
  refundedChargeId: string | null;
  /** Set when the event is about a dispute. */
  disputeId: string | null;
  /** Set when a try to pay has failed: of the payment, which knows no checkout by itself. */
  failedPaymentIntentId: string | null;
  createdAt: Date;
};

/**
 * Stripe cannot be reached, is overloaded, refuses our key or, with the key of another account,
 * does not know what it has told us of: try again later, nothing is lost.
 */
export type Unavailable = {
  ok: false;
  reason: "payments-unavailable";
  /** Stripe has had too many requests of ours, and still after some waiting. */
  isTooMany?: true;
};

export interface PaymentGateway {
  /** One key, one checkout, also when the answer was lost. */
  createCheckout(
    order: CheckoutOrder,
  ): Promise<
    | { ok: true; checkout: { id: string; url: string } }
    | { ok: false; reason: "amount-too-small" }
    | Unavailable
  >;
  retrieveCheckout(
    id: string,
  ): Promise<
    { ok: true; checkout: Checkout } | { ok: false; reason: "unknown-checkout" } | Unavailable
  >;
  /** The checkout that a payment was tried on; null when it is none. */
  findCheckout(
    paymentIntentId: string,
  ): Promise<{ ok: true; checkoutSessionId: string | null } | Unavailable>;
  /** Closes an open checkout, so that nobody can pay it any more. `not-open`: look again. */
  expireCheckout(
    id: string,
  ): Promise<{ ok: true } | { ok: false; reason: "not-open" | "unknown-checkout" } | Unavailable>;
  /**
   * Refused under its key, with Stripe's code: `api_error` where Stripe has kept an error of its own,
   * which says nothing of the refund but that this key will never bring it.
   */
  refund(asked: {
    paymentIntentId: string;
    fen: number;
    idempotencyKey: string;
    metadata: Record<string, string>;
  }): Promise<
    | { ok: true; refund: Refund }
    | { ok: false; reason: "refund-refused"; code: string }
    | Unavailable
  >;
  /**
   * All that there is of a payment, oldest first, none of one that Stripe does not know: to be asked
   * before a refund is sent. It may be there, since idempotency keys are forgotten, and so may one
   * that somebody made by hand in its stead.
   * https://docs.stripe.com/api/idempotent_requests
   */
  listRefunds(asked: {
    paymentIntentId: string;
  }): Promise<{ ok: true; refunds: Charge["refunds"] } | Unavailable>;
  /** `chargeId`: of which payment it gives back. */
  retrieveRefund(
    id: string,
  ): Promise<{ ok: true; refund: Refund; chargeId: string | null } | Unavailable>;
  retrieveCharge(id: string): Promise<{ ok: true; charge: Charge } | Unavailable>;
  retrieveDispute(id: string): Promise<{ ok: true; dispute: Dispute } | Unavailable>;
  /** All that there ever were of a charge. */
  listDisputes(chargeId: string): Promise<{ ok: true; disputes: Dispute[] } | Unavailable>;
  /**
   * One page of Stripe's balance, newest first, a hundred lines at most. `after` is the `next` of
   * the page before; lines that come meanwhile stand before the first page and move nothing.
   */
  listMovements(asked: {
    since: Date | null;
    after: string | null;
  }): Promise<{ ok: true; movements: Movement[]; next: string | null } | Unavailable>;
  /** `rawBody` is the request's body, byte for byte. Signatures older than 300 s are refused. */
  verifyWebhook(
    rawBody: string,
    signature: string,
  ):
    | { ok: true; event: PaymentEvent; isOdd: boolean }
    | { ok: false; reason: "bad-signature" | "no-event" };
  /** True when Stripe answers and takes our key. */
  healthy(): Promise<boolean>;
}
