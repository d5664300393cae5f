import type { Cycles, SoldIn } from "./cycle-plans.ts";
import type { Terms } from "./money.ts";
import type { Kept } from "./reserves.ts";

/** The market as it should be: plain objects, indexes for references, no code of the product. */
export type Model = {
  now: number;
  coops: { slug: string; feeBasisPoints: number; terms: Terms; kept: Kept }[];
  accounts: { id: string; code: string; coop: number; household: number; hasBank: boolean }[];
  listings: {
    coop: number;
    priceFen: number;
    unitGrams: number;
    isPaused: boolean;
    words: number;
  }[];
  lots: Lot[];
  cycles: Cycles;
  orders: Order[];
  parcels: Parcel[];
  substitutions: Substitution[];
  pages: Page[];
  payments: Payment[];
  refunds: Refund[];
  given: Given[];
  disputes: Dispute[];
  runs: Run[];
  payouts: Payout[];
  books: Map<string, number>;
  transactions: number;
};

export type Lot = {
  id: string;
  listing: number;
  account: number;
  harvestedOn: string;
  available: number;
  held: number;
  sold: number;
};

export type Part = {
  lot: number;
  quantity: number;
  fen: number;
  state: "held" | "sold" | "released" | "returned";
  /** Of it what was sold and was not there to send. */
  short?: number;
};

export type Line = {
  listing: number;
  quantity: number;
  priceFen: number;
  lineFen: number;
  feeFen: number;
  parcel: number;
  /** The offer's words as they were then, and the cycle that was open. */
  words: number;
  cycle?: SoldIn;
  parts: Part[];
  /** Given back because it weighed less; none where it was not weighed. */
  lightFen?: number;
  /** It replaces something: it is no part of what the order was paid for. */
  isInstead?: boolean;
};

/** What a buyer is asked, or was, whether it may come instead of something that is missing. */
export type Substitution = {
  order: number;
  parcel: number;
  /** Of what is missing. */
  listing: number;
  missing: number;
  offered: Line;
  backFen: number;
  answerBy: number;
  state: "open" | "accepted" | "declined" | "lapsed" | "changed" | "withdrawn" | "dropped";
};

export type Order = {
  status: string;
  placedAt: number;
  expiresAt: number;
  totalFen: number;
  lines: Line[];
  parcels: number[];
  page: number | null;
  /** The market has heard that a bank decides about what was paid on its page. */
  isAtBank: boolean;
  wasPaid: boolean;
  /** What the sale brought to whom; empty before. What is owed to the buyer has been moved in it. */
  earned: Give[];
  /** When something of goods on sale again was last put apart for the buyer, in the books. */
  keptAt?: number;
  /** What of it was taken back because the goods are on sale again and the buyer has her money. */
  unearned: Give[];
  /** How many transactions that took. */
  covers: number;
  /** Its buyer has had a claim settled, her first one. */
  hasClaimed?: boolean;
  /** The buyer or a week has said that all has come. */
  isCompleted: boolean;
};

export type Parcel = {
  order: number;
  coop: number;
  status: string;
  freightFen: number;
  /** Of what one cooperative sends in parts one parcel has the freight. */
  hasFreight: boolean;
  shippedAt: number;
  deliveredAt: number;
  /** Nobody but its cooperative says so. */
  isTheirWord?: boolean;
};

/** A payment page at Stripe. */
export type Page = {
  order: number;
  fen: number;
  status: "open" | "complete" | "expired";
  isProcessing: boolean;
  payment: number | null;
};

export type Payment = {
  order: number;
  fen: number;
  currency: string;
  /** What the market made of it; null while it does not know of it. */
  taken: "settled" | "suspended" | "refunding" | null;
  isSale: boolean;
};

/** What one account gives back, or got: `line` is "order/listing". */
export type Give = {
  account: string;
  line: string;
  relief: string;
  parcel: number;
  /** Of what stands apart for the buyer: the failed refund that had promised it. */
  promise?: number;
  fen: number;
};

export type Refund = {
  payment: number;
  order: number;
  fen: number;
  reason: string;
  status: "requested" | "pending" | "succeeded" | "failed";
  gives: Give[];
  /** It failed: what stands apart for the buyer since. */
  promised?: Give[];
  /** Stripe would not give it for now. */
  isRefused: boolean;
  /** Nor for good, because a bank had its payment in dispute. */
  isHeldBack?: boolean;
  /** Given by hand, and it failed unheard: the operator has yet to say what it was to be. */
  isUndecided?: boolean;
  /** Paid from the market's bank account. */
  isTransfer?: boolean;
  /** Her bank has given it, by this dispute. */
  byBank?: number;
  /** What was asked for before, and this is a part of. */
  insteadOf?: number;
  /** For a refund asked for by a cooperative, so that it can be asked for again. */
  again: { parcel: number; key: string } | null;
};

/** What Stripe has given back, in the order in which it was made. */
export type Given = {
  payment: number;
  fen: number;
  status: "pending" | "succeeded" | "failed";
  /** The market's own refund; null for one made by hand that the market does not know of. */
  refund: number | null;
  /** It has failed: how much had been given by then. */
  failedAfter?: number;
};

export type Dispute = {
  payment: number;
  /** What the bank took: all that was left of the payment, or a part. */
  fen: number;
  status: "open" | "won" | "lost";
  seen: "open" | "won" | "lost" | null;
  /** Which of the disputes heard of it was: what is put aside goes to the first. */
  heard?: number;
  /** Fen and fee of each movement on Stripe's balance; the first `posted` are in the books. */
  moves: { fen: number; feeFen: number }[];
  posted: number;
  /** What stands in the books as lost to it, and how much of that was put aside. */
  loss: { fen: number; aside: number };
  /** When that was written: after so many refunds, and so much in the books. */
  lostAt?: { refunds: number; transactions: number };
};

export type Run = {
  coop: number;
  status: "prepared" | "confirmed" | "cancelled";
  /** Somebody asks for it to be taken back, or it was. */
  reversal?: "asked" | "approved";
};
export type Payout = {
  run: number;
  account: number;
  fen: number;
  status: "prepared" | "paid" | "bounced" | "cancelled";
  /** The bank has said so. */
  isBankPaid?: boolean;
  /** It went back with its run, not by the bank: another reason. */
  isTakenBack?: boolean;
};

export const DISPUTE_FEE_FEN = 10_000;
export const MINUTE = 60_000;

/** The thing that a step means: 0 is the newest. -1 when there is none. */
export const pick = (count: number, of: number) => (count === 0 ? -1 : count - 1 - (of % count));

/** The element at an index that is known to be there. */
export function at<Value>(list: readonly Value[], index: number): Value {
  const value = list[index];
  if (value === undefined) throw new Error(`the model has no ${index} of ${list.length}`);
  return value;
}

type Entry = { account: string; fen: number; line?: string; relief?: string };

/** Writes one transaction into the model's books; what does not balance is a mistake in the model. */
export function book(model: Model, entries: Entry[]): void {
  const real = entries.filter((entry) => entry.fen !== 0);
  const sum = real.reduce((total, entry) => total + entry.fen, 0);
  if (sum !== 0) throw new Error(`the model's own transaction sums to ${sum}`);
  for (const { account, fen, line = "", relief = "" } of real) {
    const key = `${account}|${line}|${relief}`;
    model.books.set(key, (model.books.get(key) ?? 0) + fen);
  }
  model.transactions += 1;
}

/** Stripe's and our accounts of one currency. */
export const inCurrency = (account: string, currency: string) =>
  currency === "cny" ? account : `${account}-${currency}`;
