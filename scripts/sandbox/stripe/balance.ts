import type Stripe from "stripe";
import { newId } from "./ids.ts";
import { change, keep, mustFind } from "./keep.ts";
import type { Past, Sandbox } from "./sandbox.ts";

// The sandbox's own price list, shaped like Stripe's: 3.4 % + ¥2.35 a charge, nothing back on a
// refund (docs.stripe.com/refunds), ¥100 for a dispute, given back when it is won.
const PERCENT_IN_BASIS_POINTS = 340;
const FIXED_FEN = 235;
export const DISPUTE_FEE_FEN = 10_000;
const SEVEN_DAYS = 7 * 24 * 60 * 60;

/** The fee on a charge of `amountFen`, in fen. */
export function chargeFee(amountFen: number): number {
  return Math.round((amountFen * PERCENT_IN_BASIS_POINTS) / 10_000) + FIXED_FEN;
}

interface Movement {
  type: "charge" | "refund" | "refund_failure" | "adjustment";
  category: "charge" | "refund" | "refund_failure" | "dispute" | "dispute_reversal";
  /** Signed fen: what comes in is positive. */
  amount: number;
  fee: number;
  source: string;
  description: string | null;
  /** Of something that was taken over: the same past makes the same line. */
  past?: Past;
}

/** One line of the account's balance: net is amount less fee. */
export function moveBalance(
  { store, now }: Sandbox,
  movement: Movement,
): Stripe.BalanceTransaction {
  const created = now();
  const { amount, fee, source, description, type, past } = movement;
  // What a bank takes or gives back because of a dispute is there, or gone, at once.
  const availableOn = type === "adjustment" ? created : created + SEVEN_DAYS;
  const line = {
    id: past ? `txn_${past.id}` : newId.balance(),
    object: "balance_transaction",
    amount,
    available_on: availableOn,
    balance_type: "payments",
    created,
    currency: "cny",
    description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: "cny",
              description:
                movement.category === "charge"
                  ? "Stripe processing fees (sandbox: 3.4% + ¥2.35)"
                  : "Dispute fee (sandbox: ¥100.00)",
              type: "stripe_fee",
            },
          ],
    net: amount - fee,
    reporting_category: movement.category,
    source,
    status: availableOn > created ? "pending" : "available",
    type,
  } satisfies Stripe.BalanceTransaction;
  const dueAt = availableOn > created ? availableOn : null;
  return keep(store, "balance_transaction", line, { source, dueAt });
}

/** Its day has come: what was pending can be paid out. Nothing else of a line ever changes. */
export function makeAvailable({ store }: Sandbox, id: string) {
  const line = mustFind(store, "balance_transaction", id);
  change(store, { ...line, status: "available" }, { dueAt: null });
}
