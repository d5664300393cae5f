import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { openBox, sendLater, tomorrow } from "#tests/factories/parted-parcel.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { readOrder } from "../orders/read-order.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { findScanned } from "./find-scanned.ts";
import { listParcels } from "./list-parcels.ts";
import { packParcel } from "./pack-parcel.ts";
import { readParcel } from "./read-parcel.ts";
import { sayShort } from "./say-short.ts";
import { shipParcel } from "./ship-parcel.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return market.drop;
});

async function open() {
  const box = await openBox(market);
  const ship = async (parcelId: string) => {
    await acceptParcel(market.app, box.scope, { parcelId });
    await packParcel(market.app, box.scope, { parcelId });
    const trackingNumber = `SF${parcelId.replace(/\D/g, "").slice(-12)}`;
    return shipParcel(market.app, box.scope, { parcelId, carrier: "sf", trackingNumber });
  };
  return { ...box, ship };
}
type Box = Awaited<ReturnType<typeof open>>;

/** Splits and expects it to be done; the parcel that follows. */
async function parted(box: Box, units: number, more = {}): Promise<string> {
  const split = await box.later(units, more);
  if (!split.ok) throw new Error(split.reason);
  return split.restParcelId;
}
const differences = async () => (await verifyLedger(market.db)).differences;
const lockOf = (orderId: string) => sql`select from orders where id = ${orderId} for no key update`;
const unitsOf = async (box: Box, parcelId: string) =>
  (await readParcel(market.app, box.scope, parcelId))?.lines.map(({ titleZh, toSend, sources }) => [
    ...[titleZh, toSend],
    sources.map(({ reliefCode, quantity, fen }) => [reliefCode, quantity, fen]),
  ]);

describe("what is not there yet", () => {
  test("becomes a parcel of its own, with its lots and fen, and nobody's sum changes", async () => {
    const box = await open();
    const before = await booksOf(market.db);
    const restId = await parted(box, 2);
    expect(await booksOf(market.db)).toEqual(before);
    // The lot harvested last follows; of 8432 fen for three boxes one takes its third, rounded down.
    expect(await unitsOf(box, box.parcelId)).toEqual([
      ["盐源苹果", 2, [["LS-000123", 2, 5_622]]],
      ["核桃", 2, [["LS-000123", 2, 3_341]]],
    ]);
    expect(await unitsOf(box, restId)).toEqual([
      [
        ...["盐源苹果", 2],
        [
          ["LS-000123", 1, 2_810],
          ["LS-000207", 1, 2_811],
        ],
      ],
    ]);
    const lines = await market.db
      .selectFrom("order_lines")
      .select(["quantity", "line_fen", "fee_fen"])
      .where("listing_id", "=", box.listing.id)
      .orderBy("id")
      .execute();
    expect(lines.map((line) => line.line_fen)).toEqual([5_980, 5_980]);
    // The fee is what is missing to the price: 717 fen of both together, as it was.
    expect(lines.map((line) => line.fee_fen)).toEqual([358, 359]);
    const parcels = await market.db
      .selectFrom("parcels")
      .select(["id", "part", "status", "weight_grams", "carries_freight"])
      .orderBy("part")
      .execute();
    expect(parcels).toMatchObject([
      { id: box.parcelId, part: 1, weight_grams: 10_000, carries_freight: true },
      { id: restId, part: 2, status: "waiting", weight_grams: 5_000, carries_freight: false },
    ]);
    expect(await differences()).toEqual([]);
  });

  test("is a whole line too, with what was ticked and said short of it", async () => {
    const box = await open();
    const { parcelId, scope } = box;
    const of = { parcelId, orderLineId: box.apples.lineId, clientKey: uuidv7() };
    await sayShort(market.app, scope, { ...of, quantity: 1, reason: "gone" });
    const restId = await parted(box, 3, { shownUnits: 5 });
    expect((await unitsOf(box, parcelId))?.map(([title, units]) => [title, units])).toEqual([
      ["核桃", 2],
    ]);
    expect((await unitsOf(box, restId))?.map(([title, units]) => [title, units])).toEqual([
      ["盐源苹果", 3],
    ]);
    const posted = await market.db
      .selectFrom("ledger_transactions")
      .select("id")
      .where("kind", "=", "split")
      .execute();
    expect(posted).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  test("keeps the parcel's place on the board, under its own number", async () => {
    const box = await open();
    const { scope, listing } = box;
    const next = await makePaidCheckout(market.db, market.payments, [{ listing, quantity: 1 }]);
    const restId = await parted(box, 1);
    const board = await listParcels(market.app, scope, { status: "waiting" });
    expect(board.map(({ id }) => id)).toEqual([box.parcelId, restId, next.lines[0]?.parcelId]);
    expect(board[1]).toMatchObject({
      ...{ orderNumber: `${box.number}-2`, rest: { reason: "not-arrived" } },
      otherParts: [{ id: box.parcelId, part: 1 }],
    });
    const digits = box.number.slice(2);
    for (const [scanned, id] of [
      ...[[box.number, box.parcelId] as const, [digits, box.parcelId] as const],
      ...[[`${box.number}-2`, restId] as const, [`${digits}02`, restId] as const],
    ]) {
      expect((await findScanned(market.app, scope, scanned))?.id, scanned).toBe(id);
    }
    expect(board[0]?.traceCode).not.toBe(board[1]?.traceCode);
  });

  test("is told to the buyer once, with why and by when, and stands on her order", async () => {
    const box = await open();
    const clientKey = uuidv7();
    const note = { zh: "农户还没送到", en: "Not brought in yet" };
    await box.later(1, { clientKey, note });
    await box.later(1, { clientKey, note });
    const messages = await market.db
      .selectFrom("messages")
      .select(["template", "params"])
      .where("template", "=", "parcel.split")
      .execute();
    const day = tomorrow();
    const params = { number: box.number, goods: "盐源苹果×1", note: note.zh, day };
    expect(messages).toEqual([{ template: "parcel.split", params }]);
    const order = await readOrder(market.app, box.buyer, box.number);
    expect(
      order?.parcels.map(({ part, parts, rest, freightFen }) => [part, parts, rest, freightFen]),
    ).toEqual([
      [1, 2, null, order?.freightFen],
      [2, 2, { reason: "not-arrived", promisedOn: day }, 0],
    ]);
  });

  test("leaves later, and the order is on its way, there and over only with all of it", async () => {
    const box = await open();
    const restId = await parted(box, 2);
    const status = async () => (await standingOf(market.db, box.orderId)).status;
    await box.ship(box.parcelId);
    expect(await status()).toBe("packing");
    await deliverParcel(market.app, box.scope, { parcelId: box.parcelId });
    expect(await status()).toBe("packing");
    await box.ship(restId);
    expect(await status()).toBe("shipped");
    await deliverParcel(market.app, box.scope, { parcelId: restId });
    expect(await status()).toBe("delivered");
    expect(await differences()).toEqual([]);
  });

  test("can be parted again, also what followed, and each fen stays somewhere", async () => {
    const box = await open();
    const before = await booksOf(market.db);
    const second = await parted(box, 2);
    const third = await parted(box, 1, { shownUnits: 4 });
    const [line] = (await readParcel(market.app, box.scope, second))?.lines ?? [];
    const of = { orderLineId: line?.id ?? "", units: 1, shownUnits: 2 };
    const fourth = await sendLater(market.app, box.scope, second, of);
    expect(fourth).toMatchObject({ ok: true, isNew: true });
    const parts = await market.db.selectFrom("parcels").select(["id", "part"]).execute();
    expect(parts.find(({ id }) => id === third)?.part).toBe(3);
    expect(parts.map(({ part }) => part).sort()).toEqual([1, 2, 3, 4]);
    expect(await booksOf(market.db)).toEqual(before);
    expect(await differences()).toEqual([]);
  });
});

describe("two who part one parcel at once", () => {
  test("do not both: the second is told that it has changed", async () => {
    const box = await open();
    const { scope, parcelId } = box;
    const hers = () =>
      sendLater(market.app, colleagueOf(scope), parcelId, {
        ...{ orderLineId: box.walnuts.lineId, units: 1, shownUnits: 6 },
      });
    const both = await raceBehind(market.db, lockOf(box.orderId), 2, [() => box.later(2), hers]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: "parcel-changed" });
    expect(await differences()).toEqual([]);
  });

  test("and one form that comes three times at once is one split", async () => {
    const box = await open();
    const clientKey = uuidv7();
    const all = await raceBehind(
      ...([market.db, lockOf(box.orderId), 3] as const),
      [1, 2, 3].map(() => () => box.later(1, { clientKey })),
    );
    expect(all.map((one) => one.ok && one.isNew).sort()).toEqual([false, false, true]);
    expect(new Set(all.map((one) => one.ok && one.restParcelId)).size).toBe(1);
    expect(await box.later(2, { clientKey })).toEqual({ ok: false, reason: "taken-before" });
    await box.ship(box.parcelId);
    expect(await box.later(1, { clientKey })).toMatchObject({ ok: true, isNew: false });
  });

  test("and nobody closes or sends another box than the page showed", async () => {
    const box = await open();
    const { scope, parcelId } = box;
    await acceptParcel(market.app, scope, { parcelId });
    await parted(box, 2);
    const changed = { ok: false, reason: "parcel-changed" };
    expect(await packParcel(market.app, scope, { parcelId, shownUnits: 6 })).toEqual(changed);
    expect(await packParcel(market.app, scope, { parcelId, shownUnits: 4 })).toMatchObject({
      ok: true,
    });
    const sent = { parcelId, carrier: "sf", trackingNumber: "SF1234567890" } as const;
    expect(await shipParcel(market.app, scope, { ...sent, shownUnits: 6 })).toEqual(changed);
    expect(await shipParcel(market.app, scope, { ...sent, shownUnits: 4 })).toMatchObject({
      ok: true,
    });
  });
});
