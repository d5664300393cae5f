import type { Kysely } from "kysely";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { answerSubstitute } from "#app/domain/substitutions/answer-substitute.ts";
import {
  proposeSubstitute,
  type SubstituteAsked,
} from "#app/domain/substitutions/propose-substitute.ts";
import { withdrawSubstitute } from "#app/domain/substitutions/withdraw-substitute.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makeBuyer } from "./orders.ts";
import { carryOutRefunds, makePaidCheckout } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

/**
 * A paid order of four apples at CNY 29.90 of two households' lots, alone or with two pears, and in the
 * same cooperative plums at CNY 25 of two others', of which three and five are there.
 */
export async function makeShortBox(
  { db, app }: { db: Kysely<DB>; app: Kysely<DB> },
  payments: TestPayments,
  { withPears = true, buyer = makeBuyer() }: { withPears?: boolean; buyer?: BuyerScope } = {},
) {
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const household = (reliefCode: string) => makeHousehold(db, { cooperative, reliefCode });
  const homes = [
    await household("LS-000123"),
    await household("LS-000207"),
    await household("LS-000311"),
    await household("LS-000402"),
  ] as const;
  const lotsOf = (one: number, other: number) => [
    { household: homes[one] ?? homes[0], quantity: 3 },
    { household: homes[other] ?? homes[0], quantity: 5 },
  ];
  const apples = await makeListing(db, { lots: lotsOf(0, 1) });
  const pears = await makeListing(db, { lots: lotsOf(0, 1) });
  const plums = await makeListing(db, { lots: lotsOf(2, 3) });
  await sql`update listings set price_fen = 2500, title_zh = '李子', title_en = 'Plums'
    where id = ${plums.id}`.execute(db);
  const items = [
    { listing: apples, quantity: 4 },
    ...(withPears ? [{ listing: pears, quantity: 2 }] : []),
  ];
  const order = await makePaidCheckout(db, payments, items, undefined, { buyer });
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  const { parcelId, scope } = line;
  const asked: Omit<SubstituteAsked, "clientKey"> = {
    ...{ parcelId, orderLineId: line.lineId, missing: 2, seenPriceFen: 2_500 },
    reason: "spoiled",
    ...{ listingId: plums.id, quantity: 2 },
  };
  const propose = (more: Partial<SubstituteAsked> = {}) =>
    proposeSubstitute(app, scope, { ...asked, clientKey: uuidv7(), ...more });
  const ask = async (more: Parameters<typeof propose>[0] = {}) => {
    const proposed = await propose(more);
    if (!proposed.ok) throw new Error(proposed.reason);
    return proposed.substitutionId;
  };
  const answer = (substitutionId: string, yesOrNo: "yes" | "no", now?: Date) =>
    answerSubstitute(app, buyer, {
      ...{ number: order.number, substitutionId, answer: yesOrNo, locale: "zh", now },
    });
  const withdraw = (substitutionId: string, isFound: boolean) =>
    withdrawSubstitute(app, scope, { parcelId, substitutionId, isFound });
  return {
    ...{ ...order, ...line, buyer, homes, apples, pears, plums, asked, propose, ask, answer },
    ...{ withdraw, cooperative },
  };
}

/** What is there of a listing's lots, the one brought in first first. */
export const stockOf = async (db: Kysely<DB>, listingId: string) => {
  const lots = await db
    .selectFrom("lots")
    .select(["available", "held", "sold", "taken_out"])
    .where("listing_id", "=", listingId)
    .orderBy("quantity_in")
    .execute();
  return lots.map((lot) => [lot.available, lot.held, lot.sold, lot.taken_out]);
};

/**
 * One unit of each order's first line is missing: its buyer is offered a cheaper one instead, and the first
 * of them takes it.
 */
export async function replaceSome(
  { db, payments }: { db: Kysely<DB>; payments: TestPayments },
  orders: Awaited<ReturnType<typeof makePaidCheckout>>[],
  offer: { id: string },
): Promise<void> {
  for (const [index, { buyer, number, orderId, lines }] of orders.entries()) {
    const [line] = lines;
    if (!line) throw new Error("no line");
    const proposed = await proposeSubstitute(db, line.scope, {
      ...{ parcelId: line.parcelId, orderLineId: line.lineId, missing: 1, reason: "gone" },
      ...{ listingId: offer.id, quantity: 1, seenPriceFen: 2_000, clientKey: uuidv7() },
    });
    if (!proposed.ok) throw new Error(proposed.reason);
    if (index > 0) continue;
    const { substitutionId } = proposed;
    const of = { number, substitutionId, answer: "yes", locale: "zh" } as const;
    const answered = await answerSubstitute(db, buyer, of);
    if (!answered.ok) throw new Error(answered.reason);
    await carryOutRefunds(db, payments, orderId);
  }
}
