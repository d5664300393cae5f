import type { Dispute } from "#app/gateways/payments.ts";
import type { Posting } from "../ledger/post.ts";

type Moved = Pick<Dispute, "fen" | "currency">;
type Line = Pick<Dispute["movements"][number], "fen" | "currency">;

/** The end of an account's code: none for CNY. */
export const suffixOf = (currency: string) => (currency === "cny" ? "" : `-${currency}`);

/** What a line is of the dispute, in the dispute's own currency; signed as the line. */
export const ofDispute = (dispute: Moved, line: Line) =>
  line.currency === dispute.currency ? line.fen : Math.sign(line.fen) * dispute.fen;

/**
 * What one of Stripe's lines moved between its clearing account and `account`, which is of the
 * dispute's own currency. Where Stripe has exchanged the money, the line stands for the whole dispute
 * and each currency sums to zero by itself: what lies between two is `dispute:exchanged`.
 */
export function movedByDispute(dispute: Moved, line: Line, account: string): Posting[] {
  const [suffix, of] = [suffixOf(dispute.currency), suffixOf(line.currency)];
  const fen = ofDispute(dispute, line);
  const ends = [
    { account, fen: -fen },
    { account: `stripe:clearing${of}`, fen: line.fen },
  ];
  if (suffix === of) return ends;
  return [
    ...ends,
    { account: `dispute:exchanged${suffix}`, fen },
    { account: `dispute:exchanged${of}`, fen: -line.fen },
  ];
}
