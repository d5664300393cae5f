import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { countRoundTrips } from "#tests/setup/round-trips.ts";
import { type OrderInput, placeOrder } from "./place-order.ts";
import { quoteOrder } from "./quote-order.ts";
import { readOrder } from "./read-order.ts";

let database: TestDatabase;
let home: OrderInput["address"];
let counted: ReturnType<typeof countRoundTrips>;
beforeAll(async () => {
  database = await createTestDatabase();
  counted = countRoundTrips(database.url);
  home = await makeAddress(database.db);
  // Another county at the same freight, and one in a province that is far.
  for (const county of ["310115", "650102"]) await makeAddress(database.db, county);
});
afterAll(async () => {
  await counted.db.destroy();
  await database.drop();
});

/**
 * An order that was placed at `home`; `send` sends its form again with another address, from a
 * browser that had every answer before, if it is not said what it was told last.
 */
async function makePlaced() {
  const listing = await makeListing(database.db);
  const buyer = await makeShopper(database.db, [{ listing, quantity: 1 }]);
  const quote = await quoteOrder(database.db, buyer, home);
  if (!quote.ok) throw new Error(quote.reason);
  const form: Omit<OrderInput, "address"> = {
    ...{ idempotencyKey: quote.orderKey, locale: "zh", expectedTotalFen: quote.totalFen ?? 0 },
    shown: quote.parcels.flatMap((parcel) => parcel.lines),
  };
  let lastTold: OrderInput["told"] = null;
  const send = async (
    address: Partial<OrderInput["address"]>,
    {
      db = database.db,
      told = lastTold,
      ...sent
    }: { db?: typeof database.db } & Partial<OrderInput> = {},
  ) => {
    const input = { ...form, ...sent, told, address: { ...home, ...address } };
    const answer = await placeOrder(db, buyer, input);
    if ("revision" in answer) lastTold = answer;
    return answer;
  };
  const placed = await send({});
  if (!placed.ok) throw new Error(placed.reason);
  const { number, orderId } = placed;
  const goesTo = async () => (await readOrder(database.db, buyer, number))?.address;
  const become = (status: string) =>
    sql`update orders set status = ${status} where id = ${orderId}`.execute(database.db);
  const { expectedTotalFen: totalFen } = form;
  return { send, number, orderId, totalFen, goesTo, become };
}

const OTHER = { recipient: "乙", phone: "13900000009", street: "新址 99 号" };

describe("the form of an unpaid order, sent again", () => {
  test("with another address has it sent there, once, in two round trips", async () => {
    const { send, orderId, number, goesTo } = await makePlaced();
    counted.take();
    const again = { ok: true, orderId, number, isNew: false };
    const corrected = { ...again, isCorrected: true, revision: 1 };
    expect(await send(OTHER, counted)).toEqual(corrected);
    expect(counted.take()).toBe(2);
    expect(await goesTo()).toMatchObject(OTHER);
    expect(await send(OTHER, counted)).toEqual({ ...again, revision: 1 });
    expect(counted.take()).toBe(1);
  });

  test("with another county at the same freight names it on the order too", async () => {
    const { send, goesTo } = await makePlaced();
    const before = await goesTo();
    expect(await send({ regionCode: "310115" })).toMatchObject({ ok: true, isCorrected: true });
    const after = await goesTo();
    expect(after).toMatchObject({ ...home, regionCode: "310115" });
    expect(after?.regionZh).not.toBe(before?.regionZh);
  });

  test("to where freight costs more is told so and goes where it went", async () => {
    const { send, number, goesTo } = await makePlaced();
    const refused = { ok: false, reason: "address-costs-other", number, revision: 0 };
    expect(await send({ ...OTHER, regionCode: "650102" })).toEqual(refused);
    expect(await goesTo()).toMatchObject(home);
  });

  test.each(["440000", "999999"])("to %s, where nobody lives, changes nothing", async (code) => {
    const { send, goesTo } = await makePlaced();
    expect(await send({ regionCode: code })).toMatchObject({ reason: "unknown-region" });
    expect(await goesTo()).toMatchObject(home);
  });
});

describe("an order that is not unpaid any more", () => {
  test.each(["paid", "packing", "shipped", "refunded"])("%s: its address stays", async (status) => {
    const { send, number, goesTo, become } = await makePlaced();
    await become(status);
    const stays = { ok: false, reason: "address-stays", number, revision: 0 };
    expect(await send(OTHER)).toEqual(stays);
    expect(await send({})).toMatchObject({ ok: true, isNew: false });
    expect(await goesTo()).toMatchObject(home);
  });

  test.each(["cancelled", "expired"])("%s: is found again, to be told so", async (status) => {
    const { send, orderId, number, goesTo, become } = await makePlaced();
    await become(status);
    const found = { ok: true, orderId, number, isNew: false, revision: 0 };
    expect(await send(OTHER)).toEqual(found);
    expect(await goesTo()).toMatchObject(home);
  });

  test("paid at the very moment: the address stays, and the buyer is told", async () => {
    const { send, number, orderId, goesTo } = await makePlaced();
    let sent: ReturnType<typeof send> | undefined;
    await database.db.transaction().execute(async (trx) => {
      await sql`select from orders where id = ${orderId} for update`.execute(trx);
      sent = send(OTHER);
      await waitUntilBlocked(database.db, 1);
      await sql`update orders set status = 'paid', paid_at = now() where id = ${orderId}`.execute(
        trx,
      );
    });
    expect(await sent).toEqual({ ok: false, reason: "address-stays", number, revision: 0 });
    expect(await goesTo()).toMatchObject(home);
  });

  test("the database itself keeps its address", async () => {
    const { orderId, become } = await makePlaced();
    await become("paid");
    const change = sql`update orders set address = '{}' where id = ${orderId}`;
    await expect(change.execute(database.db)).rejects.toThrow("written once");
  });
});

describe("a sending that did not know of the order as it stands", () => {
  const stands = { ok: false, reason: "order-stands", isElsewhere: true };

  test("changes nothing, and is told how it stands: a late copy of the first, and of any after it", async () => {
    const { send, number, totalFen, goesTo } = await makePlaced();
    await send(OTHER);
    const order = { number, totalFen, expectedTotalFen: totalFen, revision: 1, address: OTHER };
    expect(await send({}, { told: null })).toMatchObject({ ...stands, ...order });
    await send({ street: "三街 3 号" });
    expect(await send(OTHER, { told: { number, revision: 0 } })).toMatchObject(stands);
    expect(await goesTo()).toMatchObject({ ...home, street: "三街 3 号" });
  });

  test("also when the corrected form came first and made the order", async () => {
    const { send, goesTo } = await makePlaced();
    expect(await send(OTHER, { told: null })).toMatchObject(stands);
    expect(await goesTo()).toMatchObject(home);
    // Told of it now, she says it again.
    expect(await send(OTHER)).toMatchObject({ ok: true, isCorrected: true });
  });

  test.each([99_999_999, -1, 1])(
    "never locks out: one of revision %i is told of the right one",
    async (revision) => {
      const { send, number, goesTo } = await makePlaced();
      expect(await send(OTHER, { told: { number, revision } })).toMatchObject(stands);
      expect(await send(OTHER)).toMatchObject({ ok: true, isCorrected: true });
      expect(await goesTo()).toMatchObject(OTHER);
    },
  );

  test("or knew of another order only, is told of this one", async () => {
    const { send } = await makePlaced();
    const told = { number: "TJ20260101000001", revision: 0 };
    expect(await send(OTHER, { told })).toMatchObject(stands);
  });

  test("or whose page showed another sum, is told both, and pays none of them unseen", async () => {
    const { send, number, totalFen, goesTo, become } = await makePlaced();
    const expectedTotalFen = totalFen - 100;
    const told = { ok: false, reason: "order-stands", number, totalFen, expectedTotalFen };
    expect(await send({}, { expectedTotalFen })).toMatchObject({ ...told, isElsewhere: false });
    expect(await send(OTHER, { expectedTotalFen })).toMatchObject({ ...told, isElsewhere: true });
    expect(await goesTo()).toMatchObject(home);
    await become("paid");
    expect(await send({}, { expectedTotalFen })).toMatchObject({ ok: true, isNew: false });
  });
});

test("two corrections at once leave one of the two, whole, and the other is told of it", async () => {
  const { send, orderId, goesTo } = await makePlaced();
  const [one, two] = [OTHER, { recipient: "丙", phone: "13700000007", street: "老街 7 号" }];
  const lock = sql`select from orders where id = ${orderId} for update`;
  const sent = await raceBehind(database.db, lock, 2, [() => send(one), () => send(two)]);
  expect(sent.filter((placed) => placed.ok)).toMatchObject([{ isCorrected: true, revision: 1 }]);
  expect(sent.filter((placed) => !placed.ok)).toMatchObject([{ reason: "order-stands" }]);
  const { recipient, phone, street } = (await goesTo()) ?? {};
  expect([one, two]).toContainEqual({ recipient, phone, street });
});
