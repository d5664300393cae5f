import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { markArrived } from "../parcels/mark-arrived.ts";
import type { BuyerScope } from "../scopes.ts";
import {
  ANSWER_WITHIN_HOURS,
  askedFen,
  deciderOf,
  hoursAfter,
  MAX_CLAIM_PHOTOS,
} from "./claim-rules.ts";
import { lockClaim } from "./lock-claim.ts";
import { type ClaimableParcel, findClaimable, type NotClaimable } from "./read-claimable.ts";
import { readSentClaim, type Sending as Said, wordsOf } from "./sent-claim.ts";
import { settleClaim } from "./settle-claim.ts";
import { tellManagers } from "./tell-claim.ts";
import { writeClaimStep } from "./write-claim-step.ts";

export type SentClaim =
  | { ok: true; claimId: string; state: "waiting" | "settled"; isNew: boolean }
  | { ok: false; reason: "claimed-before"; claimId: string }
  | {
      ok: false;
      reason:
        | "parcel-not-found"
        | "not-whole"
        | "no-lines"
        | "unknown-line"
        | "line-claimed"
        | "no-photos"
        | NotClaimable;
    };

type Sending = Said & {
  number: string;
  /** False where the page found something wrong with it: then it can only be an earlier one. */
  isWhole?: boolean;
  now?: Date;
};

/**
 * Told apart from others by who she is, by her browser, or by the phone on the parcel. Of an order of
 * nobody whose number was confirmed by a code it cannot be told, and is not believed: a new browser
 * and a number made up cost nothing.
 */
async function isFirstClaim(trx: DbTransaction<DB>, parcel: ClaimableParcel) {
  const { orderId, phone, buyerUserId } = parcel;
  if (buyerUserId === null) return false;
  // Two orders of hers at once are not both the first. Always the parcel's phone before the buyer.
  for (const key of [`claims:${phone}`, `claims:${buyerUserId}`]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
  }
  const { rows } = await sql`
    select from claims c join orders o on o.id = c.order_id join orders mine on mine.id = ${orderId}
    where o.buyer_user_id = mine.buyer_user_id or o.visitor_id = mine.visitor_id
      or o.address ->> 'phone' = ${phone} limit 1`.execute(trx);
  return rows.length === 0;
}

/** How many of them are hers and in no claim yet: they are this one's from now on. */
async function takePhotos(
  trx: DbTransaction<DB>,
  claim: { id: string; orderId: string },
  ids: readonly string[],
) {
  if (ids.length === 0) return 0;
  const taken = await trx
    .updateTable("claim_photos")
    .set({ claim_id: claim.id })
    .where("id", "in", ids.slice(0, MAX_CLAIM_PHOTOS))
    .where("order_id", "=", claim.orderId)
    .where("claim_id", "is", null)
    .executeTakeFirst();
  return Number(taken.numUpdatedRows);
}

/** What is asked of each line, or why one of them cannot be in this claim. */
function askOf(parcel: ClaimableParcel, lines: Sending["lines"]) {
  const asked: { orderLineId: string; percent: number; fen: number }[] = [];
  for (const { orderLineId, percent } of lines) {
    const line = parcel.lines.find(({ id }) => id === orderLineId);
    if (!line || asked.some((each) => each.orderLineId === orderLineId)) return "unknown-line";
    if (line.isClaimed) return "line-claimed";
    if (line.leftFen === 0) return "nothing-left";
    asked.push({ orderLineId, percent, fen: askedFen({ ...line, percent }) });
  }
  return asked.length > 0 ? asked : "no-lines";
}

/**
 * Takes a buyer's claim for spoiled goods of one parcel: which share of which line, with photos. By
 * the rule (claim-rules.ts) it is settled at once, the farm bearing it like any refund until the
 * cooperative says whose fault it was, or the cooperative's managers are told, and have 24
 * hours. The same `clientKey` again is the same claim (`isNew: false`), where it says the same
 * (sent-claim.ts). Of a parcel that is on its way, as far as its cooperative has said, the claim says
 * that it has come.
 *
 * Fails, writing nothing, with "parcel-not-found" (also another buyer's), "claimed-before" (the same
 * `clientKey` has sent the claim `claimId`, which says something else), "not-whole", "not-delivered",
 * "too-late" (48 hours after it came, claim-rules.ts), "payment-made-up", "payment-disputed" (her bank decides),
 * "nothing-left" (all was given back), "no-lines", "unknown-line" (also one twice), "line-claimed"
 * (in a claim that is not over), "no-photos" (none of hers). Locks the order's row, its
 * parcels by id, then the parcel's phone and the buyer.
 */
export async function sendClaim(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { now = new Date(), ...sent }: Sending,
): Promise<SentClaim> {
  return db.transaction().execute(async (trx): Promise<SentClaim> => {
    const { number, parcelId } = sent;
    const orderId = await findOrder(trx, buyer, number);
    const order = orderId && (await lockOrder(trx, orderId));
    if (!order) return { ok: false, reason: "parcel-not-found" };
    const parcel = await findClaimable(trx, buyer, { number, parcelId, now });
    if (!parcel) return { ok: false, reason: "parcel-not-found" };
    const known = await readSentClaim(trx, sent);
    if (known) {
      const { claimId, isSame } = known;
      if (!isSame) return { ok: false, reason: "claimed-before", claimId };
      const state = known.state === "settled" ? known.state : "waiting";
      return { ok: true, claimId, state, isNew: false };
    }
    if (sent.isWhole === false) return { ok: false, reason: "not-whole" };
    if (parcel.problem) return { ok: false, reason: parcel.problem };
    const asked = askOf(parcel, sent.lines);
    if (typeof asked === "string") return { ok: false, reason: asked };
    if (!(await hasPhotos(trx, orderId, sent.photoIds))) return { ok: false, reason: "no-photos" };
    const { userId } = buyer;
    if (parcel.isOnItsWay) await markArrived(trx, order, { which: { parcelId }, userId, now });
    return write(trx, parcel, { ...sent, asked, buyer, now });
  });
}

async function hasPhotos(trx: DbTransaction<DB>, orderId: string, ids: readonly string[]) {
  if (ids.length === 0) return false;
  const mine = await trx
    .selectFrom("claim_photos")
    .select("id")
    .where("id", "in", ids.slice(0, MAX_CLAIM_PHOTOS))
    .where("order_id", "=", orderId)
    .where("claim_id", "is", null)
    .limit(1)
    .executeTakeFirst();
  return mine !== undefined;
}

async function write(
  trx: DbTransaction<DB>,
  parcel: ClaimableParcel,
  sent: Omit<Sending, "now"> & {
    asked: Exclude<ReturnType<typeof askOf>, string>;
    buyer: BuyerScope;
    now: Date;
  },
): Promise<SentClaim> {
  const { asked, buyer, now } = sent;
  const { orderId, cooperativeId, parcelId } = parcel;
  const fen = asked.reduce((sum, line) => sum + line.fen, 0);
  const isFirst = await isFirstClaim(trx, parcel);
  const id = uuidv7();
  await trx
    .insertInto("claims")
    .values({
      ...{ id, order_id: orderId, parcel_id: parcelId, cooperative_id: cooperativeId },
      ...{ client_key: sent.clientKey, words: wordsOf(sent), asked_fen: fen },
      ...{ due_at: hoursAfter(now, ANSWER_WITHIN_HOURS), sent_at: now },
    })
    .execute();
  await trx
    .insertInto("claim_lines")
    .values(
      asked.map((line) => ({
        ...{ claim_id: id, order_line_id: line.orderLineId },
        ...{ percent: line.percent, asked_fen: line.fen },
      })),
    )
    .execute();
  await takePhotos(trx, { id, orderId }, sent.photoIds);
  const by = { by: "buyer", userId: buyer.userId, now } as const;
  await writeClaimStep(trx, { ...by, claimId: id, kind: "send", from: null, to: "waiting", fen });
  if (deciderOf({ askedFen: fen, produceFen: parcel.produceFen, isFirst }) === "at-once") {
    const claim = await lockClaim(trx, "market", id);
    const market = { by: "market", userId: null, now } as const;
    const rule = { kind: "settle-at-once", fen, fault: "farm", note: "" } as const;
    const settled = claim && (await settleClaim(trx, claim, { ...market, ...rule }));
    if (settled?.ok) return { ok: true, claimId: id, state: "settled", isNew: true };
  }
  const { orderNumber } = parcel;
  await tellManagers(trx, { id, cooperativeId, orderNumber, askedFen: fen });
  return { ok: true, claimId: id, state: "waiting", isNew: true };
}
