import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { answerSubstitute } from "#app/domain/substitutions/answer-substitute.ts";
import { proposeSubstitute } from "#app/domain/substitutions/propose-substitute.ts";
import type { Random } from "#db/seed/random.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import type { Placed, Rush } from "./rush.ts";

/** What its buyer is asked, and by whom it is to be answered. */
export type Asked = { substitutionId: string; number: string; buyer: BuyerScope };

type Line = {
  orderId: string;
  parcelId: string;
  lineId: string;
  cooperativeId: string;
  quantity: number;
  priceFen: number;
  /** Of what is in its parcel. */
  there: string[];
};

/** Of paid orders; so many packers stand before the same lots as the buyers. */
const MOST = 40;

async function readPaid({ guard, stage }: Rush): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select n.order_id as "orderId", n.parcel_id as "parcelId", n.id as "lineId",
      n.cooperative_id as "cooperativeId", n.quantity, n.unit_price_fen as "priceFen",
      array(select b.listing_id::text from order_lines b where b.parcel_id = n.parcel_id) as there
    from order_lines n join orders o on o.id = n.order_id and o.status = 'paid'
    where n.listing_id = any(${stage.listings.map(({ id }) => id)}::uuid[])
    order by n.id limit ${MOST}`.execute(guard);
  return rows;
}

/**
 * Packers who find that all of a line is missing and offer something else that is on the shelf, before
 * the very lots that buyers wait for: it is held for them, or gone. What they asked is told to `found`.
 */
export async function offering(
  rush: Rush,
  placed: readonly Placed[],
  random: Random,
  found: (asked: Asked) => void,
): Promise<(() => Promise<void>)[]> {
  const lines = await readPaid(rush);
  return lines.flatMap((line) => {
    const order = placed.find(({ orderId }) => orderId === line.orderId);
    const paidFen = line.quantity * line.priceFen;
    const fit = rush.stage.listings.filter(
      ({ id, cooperativeId, priceFen }) =>
        cooperativeId === line.cooperativeId && priceFen <= paidFen && !line.there.includes(id),
    );
    if (!order || fit.length === 0) return [];
    const { id: listingId, priceFen } = random.pick(fit);
    const quantity = random.between(1, Math.min(3, Math.floor(paidFen / priceFen)));
    return async () => {
      const scope = coopScope({ userId: "packer", cooperativeId: line.cooperativeId });
      const proposed = await proposeSubstitute(rush.crowd, scope, {
        ...{ parcelId: line.parcelId, orderLineId: line.lineId, missing: line.quantity },
        ...{ reason: "gone", listingId, quantity, seenPriceFen: priceFen, clientKey: uuidv7() },
      });
      if (proposed.ok) found({ substitutionId: proposed.substitutionId, ...order });
      // Another line of the parcel may have been offered the same.
      else if (!["not-in-stock", "offer-gone"].includes(proposed.reason))
        throw new Error(`offered: ${proposed.reason}`);
    };
  });
}

/** Buyers say yes, say no, or do one after the other at the same moment: what is first stands. */
export function answering(
  rush: Rush,
  asked: readonly Asked[],
  random: Random,
): (() => Promise<void>)[] {
  return asked.flatMap(({ substitutionId, number, buyer }) => {
    const say = (answer: "yes" | "no") => async () => {
      const of = { number, substitutionId, answer, locale: "zh" } as const;
      const answered = await answerSubstitute(rush.crowd, buyer, of);
      if (!answered.ok && answered.reason !== "answered") {
        throw new Error(`answered: ${answered.reason}`);
      }
    };
    const one = random.pick(["yes", "yes", "no"] as const);
    return random.between(0, 3) === 0 ? [say("yes"), say("no")] : [say(one)];
  });
}
