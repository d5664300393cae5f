import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makePaidCheckout } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

/** What `makeCharged` leaves on each account, as the product's worked example says. */
export const SOLD = {
  "stripe:clearing": 6_780,
  "relief:LS-000123": -5_622,
  "coop-fee:yanyuan": -358,
  "freight:yanyuan": -800,
};

/** Five boxes at ¥29.90 of one household of Yanyuan. */
export async function makeListed(db: Kysely<DB>) {
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const household = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  return makeListing(db, { lots: [{ household, quantity: 5 }] });
}

/** Two of the boxes paid, and the charge that paid them. */
export async function makeCharged(
  { db, payments }: { db: Kysely<DB>; payments: TestPayments },
  card?: string,
) {
  const listing = await makeListed(db);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }], card);
  const { data } = await payments.stripe.charges.list({ limit: 1 });
  const [line] = order.lines;
  if (!line || !data[0]) throw new Error("no line, no charge");
  return { ...order, ...line, listing, listingId: listing.id, chargeId: data[0].id };
}
