/**
 * Why money is given back. Nobody asked: `late-payment` (the hold had ended and the stock is
 * gone), `second-payment` (the order was paid already). Asked: `cancelled-by-buyer`,
 * `cancelled-by-cooperative`, `goods` (what came was not what was sold). `by-hand`: somebody
 * gave it back at Stripe, and the books follow. `by-transfer`: Stripe could not, and the operator
 * paid it by bank transfer. `by-bank`: her bank has given it to her by a lost dispute, and the market
 * does not (count-verdicts.ts).
 */
export type RefundReason =
  | "late-payment"
  | "second-payment"
  | "cancelled-by-buyer"
  | "cancelled-by-cooperative"
  | "goods"
  | "by-hand"
  | "by-transfer"
  | "by-bank";

/**
 * The `failure` of a refund that somebody gave by hand under another number (adopt-refund.ts): it
 * stands for nothing any more, and lists leave it out (let-go.ts).
 */
export const GIVEN_BY_HAND = "given-by-hand";

/** The same of one given by hand that failed before the books heard of it, and that the operator left (decide-failed.ts). */
export const PROMISED_TO_NOBODY = "promised-to-nobody";

/** The same of one that a bank has given by a lost dispute, or is said no more to have given (count-verdicts.ts). */
export const GIVEN_BY_BANK = "given-by-bank";
