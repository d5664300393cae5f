/** Codes of ledger accounts, as regular expressions; each with a currency of its own but CNY. */
const CLEARING = "stripe:clearing(-[a-z]+)?";
const SUSPENSE = "suspense:payments(-[a-z]+)?";
const WITHDRAWN = "dispute:withdrawn(-[a-z]+)?";
const EXCHANGED = "dispute:exchanged(-[a-z]+)?";
const LOSS = "dispute-loss:market(-[a-z]+)?";
const BANK = "bank:market(-[a-z]+)?";
const TWICE = "given-twice:market(-[a-z]+)?";
/** Of those who sold an order's goods, and what is kept of it for its buyer. */
const SELLERS = "(relief|coop-fee|freight):.+";
const OWED = "owed:.+";
const MADE_UP = "stripe:made-up";

const fee = (of: string) => `stripe-fee:${of}(-[a-z]+)?`;
const GIVEN = [CLEARING, MADE_UP, BANK, "dispute-loss:market"];
const REFUND = [...GIVEN, SUSPENSE, SELLERS, OWED, TWICE];
const LOST = [WITHDRAWN, SUSPENSE, LOSS];
const RETURNED = [SELLERS, OWED, LOSS];
const RESERVE = ["(reserve|coop-fee):.+"];

/**
 * All that is ever posted: of what, as what kind, how its key begins, and the accounts that it may
 * touch. Nothing else can be posted (`LedgerEntry`), each has its place in `entry-causes.ts`, and
 * verify-unsealed.test.ts forges each: whatever is new here must be held against the rows to pass.
 * `taken-over` and an order's `dispute` are the seed's.
 */
export const ENTRY_FORMS = [
  { cause: "order", kind: "sale", key: "sale", accounts: [CLEARING, MADE_UP, SELLERS] },
  { cause: "order", kind: "sale", key: "taken-over", accounts: [CLEARING, MADE_UP] },
  { cause: "order", kind: "refund", key: "owed", accounts: [SELLERS, OWED] },
  {
    cause: "order",
    kind: "refund",
    key: "substituted",
    accounts: ["(relief|coop-fee):.+", OWED],
  },
  { cause: "order", kind: "sale", key: "substitute", accounts: ["(relief|coop-fee):.+", OWED] },
  { cause: "order", kind: "split", key: "split", accounts: ["(relief|coop-fee):.+"] },
  { cause: "order", kind: "dispute", key: "dispute", accounts: [MADE_UP, WITHDRAWN] },
  { cause: "payment", kind: "suspense", key: "suspense", accounts: [CLEARING, SUSPENSE] },
  { cause: "payment", kind: "stripe-fee", key: "charge-fee", accounts: [CLEARING, fee("charges")] },
  { cause: "payment", kind: "reversal", key: "reversal", accounts: [CLEARING, fee("charges")] },
  { cause: "refund", kind: "refund", key: "refund", accounts: REFUND },
  { cause: "refund", kind: "reversal", key: "refund-failed", accounts: REFUND },
  { cause: "refund", kind: "refund", key: "refund-owed", accounts: [SELLERS, OWED] },
  { cause: "refund", kind: "refund", key: "taken-over", accounts: [CLEARING, MADE_UP] },
  { cause: "refund", kind: "stripe-fee", key: "refund-fee", accounts: [CLEARING, fee("refunds")] },
  { cause: "refund", kind: "reversal", key: "reversal", accounts: [CLEARING, fee("refunds")] },
  {
    cause: "dispute",
    kind: "dispute",
    key: "dispute",
    accounts: [CLEARING, WITHDRAWN, EXCHANGED],
  },
  {
    cause: "dispute",
    kind: "stripe-fee",
    key: "dispute-fee",
    accounts: [CLEARING, fee("disputes")],
  },
  { cause: "dispute", kind: "dispute", key: "dispute-lost", accounts: LOST },
  { cause: "dispute", kind: "reversal", key: "dispute-lost", accounts: LOST },
  { cause: "dispute", kind: "dispute", key: "dispute-returned", accounts: RETURNED },
  { cause: "dispute", kind: "reversal", key: "reversal", accounts: RETURNED },
  { cause: "dispute", kind: "reversal", key: "taken-over", accounts: [MADE_UP, WITHDRAWN] },
  {
    cause: "unmatched-payment",
    kind: "suspense",
    key: "unmatched",
    accounts: [CLEARING, SUSPENSE],
  },
  {
    cause: "unmatched-payment",
    kind: "refund",
    key: "unmatched-refund",
    accounts: [CLEARING, SUSPENSE],
  },
  {
    cause: "unmatched-payment",
    kind: "reversal",
    key: "unmatched-refund-failed",
    accounts: [CLEARING, SUSPENSE],
  },
  {
    cause: "unmatched-payment",
    kind: "dispute",
    key: "dispute",
    accounts: [CLEARING, SUSPENSE, EXCHANGED, LOSS],
  },
  {
    cause: "unmatched-payment",
    kind: "stripe-fee",
    key: "charge-fee",
    accounts: [CLEARING, fee("charges")],
  },
  {
    cause: "unmatched-payment",
    kind: "stripe-fee",
    key: "refund-fee",
    accounts: [CLEARING, fee("refunds")],
  },
  {
    cause: "unmatched-payment",
    kind: "stripe-fee",
    key: "dispute-fee",
    accounts: [CLEARING, fee("disputes")],
  },
  {
    cause: "unmatched-payment",
    kind: "reversal",
    key: "reversal",
    accounts: [CLEARING, fee("(charges|refunds)")],
  },
  { cause: "payout", kind: "payout", key: "payout", accounts: ["relief:.+", "payout:clearing"] },
  {
    cause: "payout",
    kind: "payout-bounce",
    key: "payout-bounce",
    accounts: ["relief:.+", "payout:clearing"],
  },
  { cause: "claim", kind: "claim", key: "claim", accounts: ["(relief|coop-fee):.+"] },
  { cause: "reserve", kind: "reserve", key: "reserve-in", accounts: RESERVE },
  { cause: "reserve", kind: "reserve", key: "reserve-out", accounts: RESERVE },
  { cause: "reserve", kind: "reserve", key: "reserve-draw", accounts: RESERVE },
  {
    cause: "stripe-movement",
    kind: "stripe-fee",
    key: "stripe-movement",
    accounts: [CLEARING, fee("account"), fee("payouts")],
  },
  {
    cause: "stripe-movement",
    kind: "stripe-payout",
    key: "stripe-movement",
    accounts: [CLEARING, BANK, fee("payouts")],
  },
  {
    cause: "stripe-movement",
    kind: "reversal",
    key: "reversal",
    accounts: [CLEARING, BANK, fee("(account|payouts)")],
  },
] as const;

type Form = (typeof ENTRY_FORMS)[number];

export type EntryCause = Form["cause"];
/** One key, one transaction, for ever: "sale:<order id>". */
export type EntryKey = `${Form["key"]}:${string}`;
/** "order sale sale": of what, as what kind, under which keys. */
export type FormName = Form extends infer F extends Form
  ? F extends Form
    ? `${F["cause"]} ${F["kind"]} ${F["key"]}`
    : never
  : never;

export const nameOf = ({ cause, kind, key }: Form) => `${cause} ${kind} ${key}` as FormName;
