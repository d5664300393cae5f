import type { Kysely } from "kysely";
import { createPayments } from "#app/gateways/stripe.ts";
import { lineItems, orderMetadata } from "#app/gateways/stripe-shapes.ts";
import type { DB } from "#db/schema.d.ts";
import {
  readLastSeededCharge,
  readSeededPayments,
  type SeededPayment,
} from "#db/seed/read-past-payments.ts";
import { bookTakenOver } from "#db/seed/take-over.ts";
import type { PastPayment } from "../sandbox/stripe/past-payment.ts";

type Sandbox = { url: string; key: string; marketUrl: string };

const A_BATCH = 100;

function asPast(payment: SeededPayment, marketUrl: string): PastPayment {
  const { sessionId, paymentIntentId, chargeId, paidAt, payerName, dispute } = payment;
  const { orderId, number, locale, lines, reliefCodes } = payment;
  const metadata = orderMetadata({ orderId, number, reliefCodes });
  return {
    ...{ sessionId, paymentIntentId, chargeId, paidAt, payerName, dispute },
    session: {
      client_reference_id: orderId,
      metadata,
      description: number,
      locale,
      success_url: `${marketUrl}/orders/${number}/return`,
      line_items: lineItems({ number, lines }),
    },
    refunds: payment.refunds.map(({ id, ourId, fen, createdAt }) => ({
      ...{ id, fen, createdAt },
      metadata: { order_number: number, refund_id: ourId },
    })),
  };
}

async function tell({ url, key }: Sandbox, payments: PastPayment[]): Promise<void> {
  const answer = await fetch(`${url}/_control/payments`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ payments }),
  });
  if (!answer.ok) throw new Error(`the sandbox takes no payments over: ${await answer.text()}`);
}

/**
 * Makes the seed's payments exist in the sandbox's Stripe, and books that they do: then they can
 * be refunded, disputed and reconciled as any. Run at every start: what is there already stays, so
 * a market seeded long ago and a sandbox that has lost its memory are both made whole. Batches go
 * in order, each whole or not at all, so the last payment tells whether all are there.
 */
export async function takeOverPayments(db: Kysely<DB>, sandbox: Sandbox): Promise<void> {
  const last = await readLastSeededCharge(db);
  if (last === null) return;
  const { url: apiUrl, key: secretKey } = sandbox;
  const known = await createPayments({ secretKey, apiUrl, webhookSecrets: [] }).retrieveCharge(
    last,
  );
  for (let after: string | null = null; !known.ok; ) {
    const batch: SeededPayment[] = await readSeededPayments(db, { after, limit: A_BATCH });
    if (batch.length === 0) break;
    await tell(
      sandbox,
      batch.map((payment) => asPast(payment, sandbox.marketUrl)),
    );
    after = batch.at(-1)?.id ?? null;
  }
  await bookTakenOver(db);
}
