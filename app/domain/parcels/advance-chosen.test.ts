import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { advanceChosen } from "./advance-chosen.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

async function makeCoop() {
  const cooperative = await makeCooperative(market.db);
  const home = await makeHousehold(market.db, { cooperative });
  const of = (userId: string) => coopScope({ userId, cooperativeId: cooperative.id });
  const box = async (status = "paid") => {
    const order = await makePaidOrder(market.db, [[home]], { status });
    return { number: order.number, id: order.parcels[0]?.id ?? "" };
  };
  return { li: of(`li-${cooperative.id}`), wu: of(`wu-${cooperative.id}`), box };
}

const stateOf = async (id: string) =>
  (
    await market.db
      .selectFrom("parcels")
      .select("status")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).status;

test("of several chosen parcels each goes by itself: what cannot go, is not hers or is not there holds up no other", async () => {
  const [coop, other] = [await makeCoop(), await makeCoop()];
  const [first, stopped, last, hers] = [
    await coop.box(),
    await coop.box("refunded"),
    await coop.box(),
    await other.box(),
  ];
  const nobodys = uuidv7();
  const parcelIds = [first.id, stopped.id, hers.id, nobodys, "no-id", last.id, first.id];
  const accept = () => advanceChosen(market.db, coop.li, { parcelIds, event: "accept" });
  const unknown = { orderNumber: null, outcome: "parcel-not-found" };
  expect(await accept()).toEqual([
    { parcelId: first.id, orderNumber: first.number, outcome: "done" },
    { parcelId: stopped.id, orderNumber: stopped.number, outcome: "order-stopped" },
    { parcelId: hers.id, ...unknown },
    { parcelId: nobodys, ...unknown },
    { parcelId: last.id, orderNumber: last.number, outcome: "done" },
  ]);
  expect(await stateOf(hers.id)).toBe("waiting");
  // The same form again changes nothing, and says who was first.
  expect((await accept()).filter(({ outcome }) => outcome === "stands")).toMatchObject([
    { parcelId: first.id, step: { kind: "accepted", byMe: true } },
    { parcelId: last.id, step: { kind: "accepted", byMe: true } },
  ]);
  const waiting = await coop.box();
  const pack = { parcelIds: [waiting.id, last.id], event: "pack" } as const;
  expect(await advanceChosen(market.db, coop.li, pack)).toMatchObject([
    { outcome: "accept-first" },
    { outcome: "done" },
  ]);
  expect(await advanceChosen(market.db, coop.li, { parcelIds: [], event: "pack" })).toEqual([]);
});

test("two who take the same parcels on at once: each step is one's, and the other reads whose", async () => {
  const coop = await makeCoop();
  const boxes = [await coop.box(), await coop.box(), await coop.box()];
  const parcelIds = boxes.map(({ id }) => id);
  const both = [coop.li, coop.wu].map(
    (who) => () => advanceChosen(market.db, who, { parcelIds, event: "accept" }),
  );
  const lock = sql`select from orders where id in
    (select order_id from parcels where id = ${parcelIds[0]}) for update`;
  const [hers = [], theirs = []] = await raceBehind(market.db, lock, 2, both);
  for (const [at, parcelId] of parcelIds.entries()) {
    const outcomes = [hers[at]?.outcome, theirs[at]?.outcome];
    expect(outcomes.toSorted()).toEqual(["done", "stands"]);
    const second = hers[at]?.outcome === "stands" ? hers[at] : theirs[at];
    expect(second).toMatchObject({ step: { byMe: false, kind: "accepted" } });
    const { rows } = await sql`select from parcel_events
      where parcel_id = ${parcelId} and kind = 'accepted'`.execute(market.db);
    expect(rows).toHaveLength(1);
  }
});
