import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { freightFen } from "./freight.ts";
import type { Basket } from "./read-basket.ts";

export type TypedAddress = { recipient: string; phone: string; regionCode: string; street: string };

export type Corrected =
  /** `isCorrected` is false when it goes there already. */
  | { ok: true; isCorrected: boolean }
  | { ok: false; reason: "unknown-region" | "address-costs-other" | "address-stays" }
  /** It was paid or closed at this very moment: look again. */
  | { ok: false; reason: "order-changed" };

/** An order that is over goes nowhere: its page says so. */
const OVER: ReadonlySet<string> = new Set(["cancelled", "expired"]);

/**
 * Puts another address on an order whose checkout form is sent again with it, as long as nothing
 * was paid: its parcels go where the buyer said last. What is paid for does not change, so neither does what
 * Stripe was told. The same address again, or an order that is over, changes nothing.
 *
 * Fails with `unknown-region`, `address-costs-other` (carrying a parcel there costs another freight
 * than to where it goes now), `address-stays` (it is paid) or `order-changed`. One statement at
 * most, which waits for whoever settles the order: either the address was first, or it stays.
 */
export async function correctAddress(
  db: Kysely<DB>,
  placed: NonNullable<Basket["placed"]>,
  region: Basket["region"],
  { recipient, phone, regionCode, street }: TypedAddress,
): Promise<Corrected> {
  const { address: before, parcels, status } = placed;
  const isSame =
    before.recipient === recipient &&
    before.phone === phone &&
    before.regionCode === regionCode &&
    before.street === street;
  if (isSame || OVER.has(status)) return { ok: true, isCorrected: false };
  if (!region?.takesParcels) return { ok: false, reason: "unknown-region" };
  if (status !== "pending-payment") return { ok: false, reason: "address-stays" };
  const costsOther = parcels.some(
    ({ freight, weightGrams }) =>
      freightFen(freight, weightGrams, regionCode) !==
      freightFen(freight, weightGrams, before.regionCode),
  );
  if (costsOther) return { ok: false, reason: "address-costs-other" };
  const { nameZh: regionZh, nameEn: regionEn } = region;
  const address = { recipient, phone, regionCode, regionZh, regionEn, street };
  const { numAffectedRows } = await sql`
    update orders set address = ${JSON.stringify(address)}::jsonb, updated_at = now()
    where id = ${placed.id} and status = 'pending-payment'`.execute(db);
  return numAffectedRows === 1n
    ? { ok: true, isCorrected: true }
    : { ok: false, reason: "order-changed" };
}
