/** The first words of the keys under which what touches an order's sellers is posted. */
export const MOVES = [
  "sale",
  "refund",
  "refund-failed",
  "refund-owed",
  "owed",
  "substituted",
  "substitute",
  "claim",
  "dispute-lost",
  "dispute-returned",
  "reversal",
] as const;
type MoveKind = (typeof MOVES)[number];

/** Whose money an account is: an alias and a relief account's code name no person. */
type MoneyHolder =
  | { kind: "household"; nameZh: string; nameEn: string; code: string }
  /** Of a cooperative: its fee, its freight, and what is kept there for the buyer. */
  | { kind: "fee" | "freight" | "kept"; nameZh: string; nameEn: string; code: string }
  | { kind: "market"; nameZh: null; nameEn: null; code: string };

/** `fen` more than before, or less where it is negative. */
export type MoneyShare = MoneyHolder & { fen: number };

export type MoneyMove = {
  /** Of the ledger's transaction. */
  id: string;
  kind: MoveKind;
  occurredAt: Date;
  /** Null: it will be soon. */
  sealedAt: Date | null;
  /** Whoever gave or got, the givers last. */
  shares: MoneyShare[];
};

/** What each has by all of these moves together, in the order in which they came into it. */
export function netShares(moves: readonly Pick<MoneyMove, "shares">[]): MoneyShare[] {
  const sums = new Map<string, MoneyShare>();
  for (const share of moves.flatMap(({ shares }) => shares)) {
    const key = `${share.kind} ${share.code}`;
    const before = sums.get(key)?.fen ?? 0;
    sums.set(key, { ...share, fen: before + share.fen });
  }
  return [...sums.values()];
}
