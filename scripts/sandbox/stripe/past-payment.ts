import { z } from "zod";

const Id = z.string().min(1).max(66);
const Second = z.int().positive();
const Fen = z.int().positive();
const Metadata = z.record(z.string().max(40), z.string().max(500));

/** A payment that was made before this Stripe was there: what is to be known of it, ids and all. */
const PastPayment = z.strictObject({
  sessionId: Id,
  paymentIntentId: Id,
  chargeId: Id,
  paidAt: Second,
  payerName: z.string().min(1),
  /** What the checkout was opened with: docs.stripe.com/api/checkout/sessions/create */
  session: z.strictObject({
    client_reference_id: z.string().min(1).max(200),
    metadata: Metadata,
    description: z.string().max(1000),
    locale: z.enum(["zh", "en"]),
    success_url: z.url(),
    line_items: z
      .array(
        z.strictObject({
          quantity: z.int().min(1).max(999_999),
          price_data: z.strictObject({
            currency: z.literal("cny"),
            unit_amount: z.int().nonnegative(),
            product_data: z.strictObject({ name: z.string().min(1) }),
          }),
        }),
      )
      .min(1)
      .max(100),
  }),
  refunds: z.array(z.strictObject({ id: Id, fen: Fen, createdAt: Second, metadata: Metadata })),
  dispute: z
    .strictObject({
      id: Id,
      createdAt: Second,
      reason: z.string().min(1),
      status: z.enum(["needs_response", "under_review"]),
    })
    .nullable(),
});
export type PastPayment = z.infer<typeof PastPayment>;

export const PastPayments = z.strictObject({ payments: z.array(PastPayment).max(200) });
