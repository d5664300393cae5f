import { randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { answerClaim, type ClaimAnswer } from "#app/domain/claims/answer-claim.ts";
import { hoursAfter, ON_ITS_WAY_HOURS } from "#app/domain/claims/claim-rules.ts";
import { replyToAnswer } from "#app/domain/claims/reply-to-answer.ts";
import { sendClaim } from "#app/domain/claims/send-claim.ts";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { deliverParcel } from "#app/domain/parcels/deliver-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import type { BuyerScope, CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makeBuyer } from "./orders.ts";
import { carryOutRefunds, makePaidCheckout } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

/** Takes a paid parcel all its way to its buyer. */
export async function deliver(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
  now = new Date(),
): Promise<void> {
  const shipment = { carrier: "sf", trackingNumber: "SF1234567890" } as const;
  const steps = [
    await acceptParcel(db, scope, { parcelId }),
    await packParcel(db, scope, { parcelId }),
    await shipParcel(db, scope, { parcelId, ...shipment, now: hoursAfter(now, -ON_ITS_WAY_HOURS) }),
    await deliverParcel(db, scope, { parcelId, now }),
  ];
  for (const step of steps) if (!step.ok) throw new Error(step.reason);
}

/** A photo that was kept for a claim of an order: its row alone. */
export async function makeClaimPhoto(db: Kysely<DB>, orderId: string): Promise<string> {
  const id = uuidv7();
  await db
    .insertInto("claim_photos")
    .values({
      ...{ id, order_id: orderId, width: 64, height: 48 },
      content_hash: randomBytes(16).toString("hex"),
    })
    .execute();
  return id;
}

type Claimed = {
  orderId: string;
  number: string;
  buyer: BuyerScope;
  line: { lineId: string; parcelId: string };
};

/** The buyer of a delivered order claims for so many hundredths of a line. */
export async function makeClaim(
  db: Kysely<DB>,
  { orderId, number, buyer, line }: Claimed,
  {
    percent = 50,
    clientKey = uuidv7(),
    words = "烂了",
    now = new Date(),
    photoIds = undefined as string[] | undefined,
  } = {},
) {
  return sendClaim(db, buyer, {
    ...{ number, parcelId: line.parcelId, clientKey, words, now },
    lines: [{ orderLineId: line.lineId, percent }],
    photoIds: photoIds ?? [await makeClaimPhoto(db, orderId)],
  });
}

/** The id of a claim that was taken; throws where it was not. */
export function claimIdOf(sent: Awaited<ReturnType<typeof sendClaim>>): string {
  if (!sent.ok) throw new Error(sent.reason);
  return sent.claimId;
}

/** A claim as its row stands. */
export async function claimRow(db: Kysely<DB>, claimId: string) {
  const { rows } = await sql<{
    state: string;
    askedFen: number;
    grantedFen: number | null;
    fault: string | null;
    reason: string;
    dueAt: Date | null;
  }>`select state, asked_fen as "askedFen", granted_fen as "grantedFen", fault, reason,
    due_at as "dueAt" from claims where id = ${claimId}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("no such claim");
  return row;
}

/**
 * The product's worked example, delivered: two boxes at CNY 29.90 of two households, of a buyer who
 * has confirmed her number unless another is given.
 */
export async function makeDelivered(
  db: Kysely<DB>,
  payments: TestPayments,
  by: BuyerScope = makeBuyer(uuidv7()),
) {
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const lots = [
    { household: await makeHousehold(db, { cooperative, reliefCode: "LS-000123" }), quantity: 3 },
    { household: await makeHousehold(db, { cooperative, reliefCode: "LS-000207" }), quantity: 3 },
  ];
  const listing = await makeListing(db, { lots });
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 4 }], undefined, {
    buyer: by,
  });
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  await deliver(db, line.scope, line.parcelId);
  const claimed = { ...order, line };
  const answer = (claimId: string, said: ClaimAnswer, now?: Date) =>
    answerClaim(db, line.scope, { claimId, answer: said, now });
  const reply = (claimId: string, kind: "take" | "escalate", now?: Date) =>
    replyToAnswer(db, order.buyer, { number: order.number, claimId, kind, now });
  const claim = (of: Parameters<typeof makeClaim>[2] = {}) => makeClaim(db, claimed, of);
  const carryOut = () => carryOutRefunds(db, payments, order.orderId);
  return { ...order, line, listing, claim, answer, reply, carryOut };
}
