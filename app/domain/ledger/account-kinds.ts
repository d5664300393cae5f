export type AccountKind = "asset" | "liability" | "income" | "expense" | "equity";

/**
 * The chart of accounts by the word before the colon. What Stripe holds for us is ours; what is
 * owed to households, carriers and payers not yet understood is theirs.
 */
const KINDS: Record<string, AccountKind> = {
  /** `stripe:clearing`: paid by buyers, not yet in a bank account. */
  stripe: "asset",
  /** `bank:market`: what Stripe has paid out to our own bank account. */
  bank: "asset",
  /** `payout:clearing`: on its way to the households' banks. */
  payout: "asset",
  /** `relief:<code>`: owed to one household. */
  relief: "liability",
  /** `coop-fee:<slug>`: what the cooperative keeps. */
  "coop-fee": "income",
  /** `freight:<slug>`: collected for the carrier. */
  freight: "liability",
  /** `reserve:<slug>`: of its fees, what the cooperative keeps for claims that it has to bear. */
  reserve: "liability",
  /** `owed:<slug>`: for parcels called off, owed to their buyers until a refund reaches them. */
  owed: "liability",
  /** `suspense:<what>`: money that came without a clear reason, until it is given back. */
  suspense: "liability",
  /** `stripe-fee:charges`, `:refunds`, `:disputes`, `:payouts`, `:account`: what Stripe keeps. */
  "stripe-fee": "expense",
  /**
   * `dispute:withdrawn`: held by a buyer's bank until it has decided; `dispute:exchanged`: between
   * the currency of a dispute and that in which Stripe took it.
   */
  dispute: "asset",
  /** `dispute-loss:market`: a bank decided for the buyer; households keep what has left brought them. */
  "dispute-loss": "expense",
  /** `given-twice:market`: given back by hand beyond what was left of a payment; the buyer has it. */
  "given-twice": "expense",
  opening: "equity",
};

/** The kind of a ledger account by its code; throws for a word that is not in the chart. */
export function accountKind(code: string): AccountKind {
  const kind = KINDS[code.slice(0, code.indexOf(":"))];
  if (!kind) throw new Error(`no ledger account may be called ${code}`);
  return kind;
}
