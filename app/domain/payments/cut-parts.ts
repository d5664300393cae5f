import type { RefundPart } from "./request-refund.ts";
import { splitRefund } from "./split-refund.ts";

/** The parts of a refund: those of the first `fen` of it, in proportion, and those of the rest. Pure. */
export function cutParts(
  parts: readonly RefundPart[],
  fen: number,
): { first: RefundPart[]; rest: RefundPart[] } {
  const shares = splitRefund(
    fen,
    parts.map((part) => part.fen),
  );
  const first = parts.map((part, index) => ({ ...part, fen: shares[index] ?? 0 }));
  const rest = parts.map((part, index) => ({ ...part, fen: part.fen - (shares[index] ?? 0) }));
  const isSome = ({ fen: partFen }: RefundPart) => partFen > 0;
  return { first: first.filter(isSome), rest: rest.filter(isSome) };
}
