import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { keepUnmatched } from "./keep-unmatched.ts";

export type SettledUnmatched =
  | {
      ok: true;
      /** `not-ours`: no money came by it; `known`: an order has it. */
      outcome: "unmatched" | "not-ours" | "known";
      stripeRefundIds: string[];
    }
  | { ok: false; reason: "payments-unavailable" };

/**
 * Asks Stripe for a charge that belongs to no order of ours, and for all that was given back of it,
 * and brings the books to that (see keepUnmatched, which says what is locked). The caller knows
 * that it has no order here. Fails with `payments-unavailable`: try again.
 */
export async function settleUnmatched(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { chargeId }: { chargeId: string },
): Promise<SettledUnmatched> {
  const found = await payments.retrieveCharge(chargeId);
  if (!found.ok) return found;
  const { charge } = found;
  const stripeRefundIds = charge.refunds.map(({ id }) => id);
  const { paid } = charge;
  if (!paid) return { ok: true, outcome: "not-ours", stripeRefundIds };
  const disputed = await payments.listDisputes(chargeId);
  if (!disputed.ok) return disputed;
  const kept = await keepUnmatched(db, { ...charge, paid }, disputed.disputes);
  return { ok: true, outcome: kept.ok ? "unmatched" : "known", stripeRefundIds };
}
