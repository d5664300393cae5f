import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { cancelParcel } from "./cancel-parcel.ts";
import { listParcels } from "./list-parcels.ts";
import { readHarvest } from "./read-harvest.ts";
import { sayShort } from "./say-short.ts";
import { weighLine } from "./weigh-line.ts";
import { lightFen } from "./weight-rule.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return market.drop;
});

/** Four boxes of 2.5 kg at CNY 29.90, three of one household's lot and one of another's. */
async function makeOrder({ unit = "box-5jin" } = {}) {
  const { db } = market;
  const cooperative = await makeCooperative(db, { slug: "yanyuan" });
  const homes = [
    await makeHousehold(db, { cooperative, reliefCode: "LS-000123" }),
    await makeHousehold(db, { cooperative, reliefCode: "LS-000207" }),
  ] as const;
  const lots = [
    { household: homes[0], quantity: 3 },
    { household: homes[1], quantity: 5 },
  ];
  const listing = await makeListing(db, { lots });
  await db.updateTable("listings").set({ unit }).where("id", "=", listing.id).execute();
  const order = await makePaidCheckout(db, market.payments, [{ listing, quantity: 4 }]);
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  const of = () => ({ parcelId: line.parcelId, orderLineId: line.lineId, clientKey: uuidv7() });
  const short = (quantity: number, more = {}) =>
    sayShort(market.app, line.scope, { ...of(), quantity, reason: "spoiled", ...more });
  const weigh = (actualGrams: number, more = {}) =>
    weighLine(market.app, line.scope, { ...of(), actualGrams, ...more });
  return { ...order, ...line, homes, listing, short, weigh };
}

const lotsOf = (listingId: string) =>
  market.db
    .selectFrom("lots")
    .select(["available", "held", "sold", "taken_out"])
    .where("listing_id", "=", listingId)
    .orderBy("quantity_in")
    .execute();
const lockOf = (orderId: string) => sql`select from orders where id = ${orderId} for no key update`;
const differences = async () => (await verifyLedger(market.db)).differences;

describe("units that are not there", () => {
  test("go back to the buyer at their price, and leave the stock with the reason", async () => {
    const order = await makeOrder();
    const [before] = [await lotsOf(order.listing.id)];
    expect(before.map(({ sold }) => sold)).toEqual([3, 1]);
    expect(await order.short(1)).toEqual({ ok: true, fen: 2_990, isNew: true });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    const books = await booksOf(market.db);
    expect(books["stripe:clearing"]).toBe(4 * 2_990 + 1_800 - 2_990);
    const lots = await lotsOf(order.listing.id);
    // The lot harvested last is the first to be short.
    expect(lots.map(({ sold }) => sold)).toEqual([3, 0]);
    expect(lots.reduce((sum, lot) => sum + lot.taken_out, 0)).toBe(1);
    expect(lots.map(({ available }) => available)).toEqual(
      before.map(({ available }) => available),
    );
    const moved = await market.db
      .selectFrom("listing_changes")
      .select(["what", "quantity", "reason", "by_cooperative"])
      .where("listing_id", "=", order.listing.id)
      .execute();
    expect(moved).toEqual([
      { what: "called-off", quantity: 1, reason: "spoiled", by_cooperative: true },
    ]);
    const [parcel] = await listParcels(market.db, order.scope, { status: "waiting" });
    expect(parcel?.lines).toMatchObject([{ quantity: 4, toSend: 3 }]);
    const harvest = await readHarvest(market.db, order.scope, { status: "waiting" });
    expect(harvest).toMatchObject([{ quantity: 3, grams: 7_500 }]);
    // Whose only box is short has none to bring.
    expect(harvest[0]?.households).toMatchObject([{ householdId: order.homes[0].id, quantity: 3 }]);
    expect(await differences()).toEqual([]);
  });

  test("are one shortage however often the form comes, at once too, and another with another key", async () => {
    const order = await makeOrder();
    const clientKey = uuidv7();
    const said = { clientKey };
    const all = await raceBehind(
      market.db,
      lockOf(order.orderId),
      3,
      [1, 2, 3].map(() => () => order.short(1, said)),
    );
    expect(all.map((one) => one.ok && one.isNew).sort()).toEqual([false, false, true]);
    expect(await order.short(2, said)).toEqual({ ok: false, reason: "taken-before" });
    expect(await order.short(2)).toMatchObject({ ok: true, fen: 5_980 });
    expect((await lotsOf(order.listing.id)).reduce((sum, lot) => sum + lot.sold, 0)).toBe(1);
    expect(await differences()).toEqual([]);
  });

  test("are no more than there are, and never all of a parcel", async () => {
    const order = await makeOrder();
    expect(await order.short(5)).toEqual({ ok: false, reason: "not-so-many", units: 4 });
    expect(await order.short(4)).toEqual({ ok: false, reason: "nothing-to-send", units: 4 });
    for (const none of [0, -1, 1.5, Number.NaN]) {
      expect(await order.short(none)).toEqual({ ok: false, reason: "quantity-invalid" });
    }
    expect(await market.db.selectFrom("refunds").select("id").execute()).toEqual([]);
  });

  test("do not come back on sale when the rest is called off", async () => {
    const order = await makeOrder();
    await order.short(3);
    const { parcelId } = order;
    await cancelParcel(market.app, order.scope, { parcelId, reason: "霜冻" });
    const lots = await lotsOf(order.listing.id);
    const sum = (of: (lot: (typeof lots)[number]) => number) => lots.reduce((s, l) => s + of(l), 0);
    expect([sum((l) => l.available), sum((l) => l.sold), sum((l) => l.taken_out)]).toEqual([
      5, 0, 3,
    ]);
    await carryOutRefunds(market.db, market.payments, order.orderId);
    expect((await booksOf(market.db))["stripe:clearing"] ?? 0).toBe(0);
    expect(await differences()).toEqual([]);
    // Whoever says of fewer, or of more, than was said to be short is told on, also where all is back.
    for (const forged of [1, -1]) {
      const change = (by: number) => sql`update allocations set short_units = short_units + ${by}
        where id = (select id from allocations where short_units between 1 and quantity - 1
          and order_line_id = ${order.lineId} order by id limit 1)`;
      await change(forged).execute(market.db);
      const kinds = (await differences()).map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(["stock-differs"]));
      await change(-forged).execute(market.db);
    }
  });

  test("are nobody else's to say", async () => {
    const order = await makeOrder();
    const other = coopScope({
      userId: "x",
      cooperativeId: (await makeCooperative(market.db)).id,
    });
    const { parcelId, lineId: orderLineId } = order;
    const of = { parcelId, orderLineId, clientKey: uuidv7() };
    const refused = { ok: false, reason: "parcel-not-found" };
    expect(await sayShort(market.app, other, { ...of, quantity: 1, reason: "gone" })).toEqual(
      refused,
    );
    expect(await weighLine(market.app, other, { ...of, actualGrams: 9_000 })).toEqual(refused);
  });
});

describe("goods that weigh less than was sold", () => {
  test("cost what they weigh, to the fen in the buyer's favour, and never more than was paid", () => {
    const box = { unitPriceFen: 2_990, unitGrams: 2_500, expectedGrams: 10_000 };
    expect(lightFen({ ...box, actualGrams: 10_000 })).toBe(0);
    expect(lightFen({ ...box, actualGrams: 12_000 })).toBe(0);
    // One gram is 1.196 fen.
    expect(lightFen({ ...box, actualGrams: 9_999 })).toBe(2);
    expect(lightFen({ ...box, actualGrams: 7_500 })).toBe(2_990);
    expect(lightFen({ ...box, actualGrams: 9_500 })).toBe(598);
    const dear = { unitPriceFen: 99_999_999, unitGrams: 1_000_000, expectedGrams: 999_000_000 };
    expect(lightFen({ ...dear, actualGrams: 1 })).toBe(99_899_998_902);
  });

  test("bring the difference back, weighed again only what is beyond it, and nothing when heavier", async () => {
    const order = await makeOrder();
    expect(await order.weigh(10_200)).toEqual({ ok: true, fen: 0, isNew: true });
    expect(await order.weigh(9_500)).toEqual({ ok: true, fen: 598, isNew: true });
    expect(await order.weigh(9_499)).toEqual({ ok: true, fen: 2, isNew: true });
    expect(await order.weigh(10_000)).toEqual({ ok: true, fen: 0, isNew: true });
    const clientKey = uuidv7();
    expect(await order.weigh(9_000, { clientKey })).toEqual({ ok: true, fen: 596, isNew: true });
    expect(await order.weigh(9_000, { clientKey })).toEqual({ ok: true, fen: 596, isNew: false });
    expect(await order.weigh(8_000, { clientKey })).toEqual({ ok: false, reason: "taken-before" });
    await carryOutRefunds(market.db, market.payments, order.orderId);
    const books = await booksOf(market.db);
    expect(books["stripe:clearing"]).toBe(4 * 2_990 + 1_800 - 1_196);
    expect(await order.short(1)).toEqual({ ok: false, reason: "weighed-already" });
    expect(await differences()).toEqual([]);
  });

  test("are expected without what is short, and a typing mistake is not taken for a weight", async () => {
    const order = await makeOrder();
    await order.short(1);
    expect(await order.weigh(7_500)).toMatchObject({ ok: true, fen: 0 });
    expect(await order.weigh(3_749)).toEqual({
      ...{ ok: false, reason: "too-light", expectedGrams: 7_500 },
    });
    for (const none of [0, -5, 1.5]) {
      expect(await order.weigh(none)).toEqual({ ok: false, reason: "weight-invalid" });
    }
  });

  test("are given back once by two who weigh at once", async () => {
    const order = await makeOrder();
    const scope = colleagueOf(order.scope);
    const { parcelId, lineId: orderLineId } = order;
    const hers = () =>
      weighLine(market.app, scope, {
        parcelId,
        orderLineId,
        actualGrams: 9_500,
        clientKey: uuidv7(),
      });
    const both = await raceBehind(market.db, lockOf(order.orderId), 2, [
      () => order.weigh(9_500),
      hers,
    ]);
    expect(both.map((one) => one.ok && one.fen).sort()).toEqual([0, 598]);
  });

  test("are not weighed when they are sold by the piece", async () => {
    const order = await makeOrder({ unit: "head" });
    expect(await order.weigh(9_000)).toEqual({ ok: false, reason: "by-the-piece" });
  });
});
