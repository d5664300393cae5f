import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { freightFen, isInProvince } from "./freight.ts";
import type { Basket } from "./read-basket.ts";
import { isSameSaid, type Said } from "./said-rule.ts";

export type TypedAddress = { recipient: string; phone: string; regionCode: string; street: string };

/** What the form's sender knew of the order: its address's revision, null of none; and a sum. */
export type Known = { revision: number | null; totalFen: number };

export type Corrected =
  /** `isCorrected` is false when it goes there already. */
  | { ok: true; isCorrected: boolean; revision: number }
  | { ok: false; reason: "unknown-region" | "address-costs-other" | "address-stays" }
  /** She did not know of it as it stands: it is not changed. `isElsewhere`: it goes to another address. */
  | { ok: false; reason: "order-stands"; isElsewhere: boolean }
  /** It was paid, closed or corrected at this very moment: look again. */
  | { ok: false; reason: "order-changed" };

/** An order that is over goes nowhere: its page says so. */
const OVER: ReadonlySet<string> = new Set(["cancelled", "expired"]);

/**
 * Puts another address, or another word to those who pack it, on an order whose checkout form is sent
 * again with it, as long as nothing was paid: its parcels go where the buyer said last. What was sent last is what was sent knowing of the address
 * that is kept (`known.revision`, as her browser was told with the last answer); a copy of an earlier
 * sending that comes late knows of an older one, or of none. What is paid for does not change, so neither does what
 * Stripe was told. The same address again, or an order that is over, changes nothing.
 *
 * Fails with `unknown-region`, `address-costs-other` (carrying a parcel there costs another freight
 * than to where it goes now, by the terms of now, or a cooperative does not send there), `address-stays` (it is paid), `order-stands` (another address was kept
 * since, or its sum is not `known.totalFen`: she is to see it first) or `order-changed`. One statement at
 * most, which waits for whoever settles the order: either the address was first, or it stays.
 */
export async function correctAddress(
  db: Kysely<DB>,
  placed: NonNullable<Basket["placed"]>,
  region: Basket["region"],
  { recipient, phone, regionCode, street }: TypedAddress,
  said: Said,
  known: Known,
): Promise<Corrected> {
  const { address: before, said: saidBefore, parcels, status, revision } = placed;
  const isUnpaid = status === "pending-payment";
  const isOtherSum = isUnpaid && placed.totalFen !== known.totalFen;
  const isSame =
    before.recipient === recipient &&
    before.phone === phone &&
    before.regionCode === regionCode &&
    before.street === street &&
    isSameSaid(saidBefore, said);
  if (isSame && isOtherSum) return { ok: false, reason: "order-stands", isElsewhere: false };
  if (isSame || OVER.has(status)) return { ok: true, isCorrected: false, revision };
  if (!region?.takesParcels) return { ok: false, reason: "unknown-region" };
  if (!isUnpaid) return { ok: false, reason: "address-stays" };
  // Within a province freight is the same, whatever has become of the terms since.
  const costsOther =
    !isInProvince(regionCode, before.regionCode) &&
    parcels.some(({ freight, ...carried }) => {
      const fen = freightFen(freight, carried, regionCode);
      return fen === null || fen !== freightFen(freight, carried, before.regionCode);
    });
  if (costsOther) return { ok: false, reason: "address-costs-other" };
  if (isOtherSum || known.revision !== revision) {
    return { ok: false, reason: "order-stands", isElsewhere: true };
  }
  const { nameZh: regionZh, nameEn: regionEn } = region;
  const address = { recipient, phone, regionCode, regionZh, regionEn, street };
  const { numAffectedRows } = await sql`
    update orders set address = ${JSON.stringify(address)}::jsonb,
      note = ${said.note}, gift_words = ${said.giftWords},
      address_revision = address_revision + 1, updated_at = now()
    where id = ${placed.id} and status = 'pending-payment'
      and address_revision = ${revision}`.execute(db);
  return numAffectedRows === 1n
    ? { ok: true, isCorrected: true, revision: revision + 1 }
    : { ok: false, reason: "order-changed" };
}
