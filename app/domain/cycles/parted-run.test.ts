import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { makeCycle } from "#tests/factories/cycles.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openPayingMarket } from "#tests/setup/paying-market.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { divideParcel } from "../parcels/divide-parcel.ts";
import { readRun } from "./read-run.ts";

test("what of a parcel is sent later is brought with the rest of its cycle", async () => {
  const market = await openPayingMarket();
  const { db, payments } = market;
  const [listing, other] = [await makeListing(db), await makeListing(db)];
  const cycle = await makeCycle(db, [listing]);
  const items = [
    { listing, quantity: 5 },
    { listing: other, quantity: 1 },
  ];
  const { lines } = await makePaidCheckout(db, payments, items);
  const [line] = lines;
  if (!line) throw new Error("it has a line");
  const quantities = async () =>
    ((await readRun(db, cycle.scope, cycle.id)) ?? []).flatMap(({ households }) =>
      households.flatMap(({ goods }) => goods.map(({ quantity }) => quantity)),
    );
  expect(await quantities()).toEqual([5]);
  const divided = await divideParcel(db, line.scope, {
    ...{ parcelId: line.parcelId, later: [{ orderLineId: line.lineId, units: 2 }], shownUnits: 5 },
    ...{ reason: "not-arrived", clientKey: uuidv7() },
    promisedOn: shanghaiDay(new Date(Date.now() + 2 * 86_400_000)),
  });
  expect(divided).toMatchObject({ ok: true, isNew: true });
  expect(await quantities()).toEqual([5]);
  await market.drop();
});
