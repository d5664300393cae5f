import { type RawBuilder, sql } from "kysely";

/**
 * SQL: whether a bank has the money of a payment until it has decided, and Stripe gives nothing of
 * it back. One that only asks (an inquiry, `warning_…`) has taken nothing; giving all of it back is
 * what ends that. `paymentId` is the payment's.
 * https://docs.stripe.com/disputes/how-disputes-work
 */
export const isAtBank = (paymentId: RawBuilder<unknown>): RawBuilder<boolean> => sql`exists (
  select from disputes d where d.payment_id = ${paymentId}
    and d.status not in ('won', 'lost', 'prevented') and d.status not like 'warning\\_%')`;
