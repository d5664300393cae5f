import { sql } from "kysely";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import { deliverParcel } from "#app/domain/parcels/deliver-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import type { RefundAnswer } from "./bank.ts";
import { at } from "./model.ts";
import { type Asked, again, type Real, scopeOf } from "./real.ts";
import type { Of } from "./refunds.ts";

export async function advance(
  real: Real,
  index: number,
  event: "accept" | "pack" | "ship" | "deliver",
): Promise<string> {
  const parcel = at(real.parcels, index);
  const scope = scopeOf(real, parcel.coop);
  const input = { parcelId: parcel.id, now: real.now() };
  const shipment = { carrier: "sf", trackingNumber: "SF0001112223334" } as const;
  const verbs = {
    accept: () => acceptParcel(real.db, scope, input),
    pack: () => packParcel(real.db, scope, input),
    ship: () => shipParcel(real.db, scope, { ...input, ...shipment }),
    deliver: () => deliverParcel(real.db, scope, input),
  };
  const stepped = await verbs[event]();
  if (!stepped.ok) return stepped.reason;
  return `${stepped.status} ${stepped.orderStatus} ${again(stepped.isNew)}`;
}

export async function callOff(real: Real, index: number, areLost: boolean): Promise<string> {
  const parcel = at(real.parcels, index);
  const lines = await real.db
    .selectFrom("order_lines")
    .where("parcel_id", "=", parcel.id)
    .select("id")
    .execute();
  const lost = lines.map(({ id }) => ({ orderLineId: id, reason: "spoiled" as const }));
  const input = { parcelId: parcel.id, reason: "霜冻", now: real.now(), ...(areLost && { lost }) };
  const off = await cancelParcel(real.db, scopeOf(real, parcel.coop), input);
  return off.ok ? `off ${again(off.isNew)}` : off.reason;
}

async function inOurWords(real: Real, parcel: number, of: Of): Promise<Asked> {
  if (of.kind === "all" || of.kind === "freight" || of.listing === undefined) {
    return of as Asked;
  }
  const { listing, ...rest } = of;
  const order = at(real.orders, at(real.parcels, parcel).order).id;
  const { rows } = await sql<{ id: string }>`select id from order_lines
    where order_id = ${order} and listing_id = ${at(real.listings, listing).id}
      and parcel_id = ${at(real.parcels, parcel).id}`.execute(real.db);
  return { ...rest, orderLineId: rows[0]?.id ?? "" } as Asked;
}

type Asking = { parcel: number; of: Asked; key: string };

async function askFor(real: Real, { parcel, of, key }: Asking): Promise<string> {
  const { id: parcelId, coop } = at(real.parcels, parcel);
  const input = { parcelId, of, clientKey: key };
  const asked = await refundParcel(real.db, scopeOf(real, coop), input);
  if (asked.ok) {
    real.asked.set(asked.refundId, { parcel, of, key });
    return `asked ${asked.fen} ${again(asked.isNew)}`;
  }
  return asked.reason === "more-than-left" ? `${asked.reason} ${asked.leftFen}` : asked.reason;
}

export async function refund(real: Real, parcel: number, of: Of, key: string): Promise<string> {
  return askFor(real, { parcel, of: await inOurWords(real, parcel, of), key });
}

/** The same form once more. */
export function refundAgain(real: Real, index: number): Promise<string> {
  const asking = real.asked.get(at(real.refunds, index));
  if (!asking) throw new Error("the real market has no such refund");
  return askFor(real, asking);
}

export async function carryOut(real: Real, index: number, answer: RefundAnswer): Promise<string> {
  real.bank.answerNextRefund(answer);
  const refundId = at(real.refunds, index);
  const refunded = await refundPayment(real.db, real.bank.gateway, { refundId });
  return refunded.ok ? refunded.status : refunded.reason;
}

export async function settleGiven(real: Real, payment: number): Promise<string> {
  const chargeId = `ch_${real.bank.paidPage(payment).payment?.id}`;
  const settled = await settleRefunds(real.db, real.bank.gateway, { chargeId });
  return settled.ok ? settled.outcome : settled.reason;
}
