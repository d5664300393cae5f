import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import {
  divideParcel,
  type LaterGoods,
  type SplitAsked,
} from "#app/domain/parcels/divide-parcel.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { PayingMarket } from "#tests/setup/paying-market.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makePaidCheckout } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

const TOMORROW_MS = 86_400_000;

/** A day by which the rest may be promised. */
export const tomorrow = () => shanghaiDay(new Date(Date.now() + TOMORROW_MS));

type Later = LaterGoods & Partial<Omit<SplitAsked, "parcelId" | "later">>;

/** Sends some units of one line of a parcel later. */
export function sendLater(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
  { orderLineId, units, ...more }: Later & { shownUnits: number },
) {
  return divideParcel(db, scope, {
    ...{ parcelId, later: [{ orderLineId, units }], reason: "not-arrived" },
    ...{ promisedOn: tomorrow(), clientKey: uuidv7(), ...more },
  });
}

/**
 * A paid parcel of two kinds: four boxes at CNY 29.90, three of one household's lot and one, harvested
 * later, of another's; and two at CNY 17.77 of the first's. Freight CNY 8.00 and what the weight adds.
 */
export async function makeBox(db: Kysely<DB>, payments: TestPayments) {
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const homes = [
    await makeHousehold(db, { cooperative, reliefCode: "LS-000123" }),
    await makeHousehold(db, { cooperative, reliefCode: "LS-000207" }),
  ] as const;
  const lots = [
    { household: homes[0], quantity: 3, harvestedOn: "2026-11-01" },
    { household: homes[1], quantity: 5, harvestedOn: "2026-11-03" },
  ];
  const listing = await makeListing(db, { lots });
  const other = await makeListing(db, {
    ...{ lots: [{ household: homes[0], quantity: 9 }], priceFen: 1_777, titleZh: "核桃" },
    titleEn: "Walnuts",
  });
  const order = await makePaidCheckout(db, payments, [
    { listing, quantity: 4 },
    { listing: other, quantity: 2 },
  ]);
  const [apples, walnuts] = order.lines;
  if (!apples || !walnuts) throw new Error("no lines");
  const { parcelId, scope } = apples;
  return { ...order, apples, walnuts, parcelId, scope, homes, listing, other };
}

/** The same, and a way to send some of the four boxes later, with the rights of the market. */
export async function openBox({ db, app, payments }: PayingMarket) {
  const box = await makeBox(db, payments);
  const { scope, parcelId, apples } = box;
  const later = (units: number, more: Partial<Later> & { shownUnits?: number } = {}) =>
    sendLater(app, scope, parcelId, {
      ...{ orderLineId: apples.lineId, units, shownUnits: 6, ...more },
    });
  return { ...box, later };
}

/** The same, of which two of the four boxes are sent later. */
export async function makeParted(market: PayingMarket) {
  const { later, ...box } = await openBox(market);
  const split = await later(2);
  if (!split.ok) throw new Error(split.reason);
  return { ...box, restId: split.restParcelId };
}
