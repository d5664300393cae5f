/**
 * Why money is given back. Nobody asked: `late-payment` (the hold had ended and the stock is
 * gone), `second-payment` (the order was paid already). Asked: `cancelled-by-buyer`,
 * `cancelled-by-cooperative`, `goods` (what came was not what was sold). `by-hand`: somebody
 * gave it back at Stripe, and the books follow. `by-transfer`: Stripe could not, and the operator
 * paid it by bank transfer.
 */
export type RefundReason =
  | "late-payment"
  | "second-payment"
  | "cancelled-by-buyer"
  | "cancelled-by-cooperative"
  | "goods"
  | "by-hand"
  | "by-transfer";

/**
 * The `failure` of a refund that somebody gave by hand under another number (adopt-refund.ts): it
 * stands for nothing any more, and lists leave it out.
 */
export const GIVEN_BY_HAND = "given-by-hand";
