import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { answerClaim } from "#app/domain/claims/answer-claim.ts";
import { sendClaim } from "#app/domain/claims/send-claim.ts";
import { claimRow, makeClaimPhoto } from "#tests/factories/claims.ts";
import type { Claiming } from "./claims.ts";
import { at } from "./model.ts";
import { type Real, scopeOf } from "./real.ts";

/** The buyer claims and, unless the rule gives it at once, the cooperative gives all of it. */
export async function claim(
  real: Real,
  index: number,
  { listing, percent, fault }: Claiming,
): Promise<string> {
  const { id: parcelId, coop, order } = at(real.parcels, index);
  const { id: orderId, number, buyer } = at(real.orders, order);
  const { rows } = await sql<{ id: string }>`select id from order_lines
    where parcel_id = ${parcelId} and listing_id = ${at(real.listings, listing).id}`.execute(
    real.db,
  );
  const sent = await sendClaim(real.db, buyer, {
    ...{ number, parcelId, clientKey: uuidv7(), words: "", now: real.now() },
    lines: [{ orderLineId: rows[0]?.id ?? "", percent }],
    photoIds: [await makeClaimPhoto(real.db, orderId)],
  });
  if (!sent.ok) return sent.reason;
  const { claimId } = sent;
  const { askedFen } = await claimRow(real.db, claimId);
  if (sent.state === "settled") return `at once ${askedFen}`;
  const answered = await answerClaim(real.db, scopeOf(real, coop), {
    ...{ claimId, now: real.now() },
    answer: { kind: "accept", fault, reason: "" },
  });
  return answered.ok ? `accepted ${askedFen}` : answered.reason;
}
