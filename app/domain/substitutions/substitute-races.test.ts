import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeShortBox, stockOf } from "#tests/factories/substitutions.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { divideParcel } from "../parcels/divide-parcel.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { sayShort } from "../parcels/say-short.ts";
import { weighLine } from "../parcels/weigh-line.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { lapseSubstitutes } from "./lapse-substitutes.ts";
import { ANSWER_HOURS } from "./substitution-rule.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

const differences = async () => (await verifyLedger(market.db)).differences;
const make = (more = {}) => makeShortBox(market, market.payments, more);
const lockOf = (orderId: string) => sql`select from orders where id = ${orderId} for no key update`;
const later = () => new Date(Date.now() + ANSWER_HOURS * 3_600_000);
const statesOf = async () =>
  (await market.db.selectFrom("substitutions").select("state").orderBy("id").execute()).map(
    ({ state }) => state,
  );
const plumsFree = [
  [3, 0, 0, 0],
  [5, 0, 0, 0],
];

test("a buyer who says yes twice, at once too, has one line of it and one difference back", async () => {
  const box = await make();
  const id = await box.ask();
  const both = await raceBehind(market.db, lockOf(box.orderId), 3, [
    () => box.answer(id, "yes"),
    () => box.answer(id, "yes"),
    () => box.answer(id, "yes"),
  ]);
  expect(both.map((one) => one.ok && one.isNew).sort()).toEqual([false, false, true]);
  const lines = await market.db
    .selectFrom("order_lines")
    .select("id")
    .where("substitution_id", "is not", null)
    .execute();
  expect(lines).toHaveLength(1);
  expect(await market.db.selectFrom("refunds").select("fen").execute()).toEqual([{ fen: 980 }]);
  expect(await differences()).toEqual([]);
});

test("of a yes and a no at once, and of a yes and its withdrawal, one holds and the other is told", async () => {
  for (const other of ["no", "withdrawal"] as const) {
    const box = await make();
    const id = await box.ask();
    const [yes, second] = await raceBehind<{ ok: boolean }>(market.db, lockOf(box.orderId), 2, [
      () => box.answer(id, "yes"),
      () => (other === "no" ? box.answer(id, "no") : box.withdraw(id, false)),
    ]);
    expect([yes?.ok, second?.ok].sort()).toEqual([false, true]);
    expect([yes, second].find((one) => !one?.ok)).toMatchObject({ reason: "answered" });
    const [state] = await statesOf();
    expect(state).toBe(yes?.ok ? "accepted" : other === "no" ? "declined" : "withdrawn");
    expect(await differences()).toEqual([]);
    await market.drop();
    market = await openPayingMarket();
  }
});

test("two who offer at once for one line have one proposal, and hold one lot's goods", async () => {
  const box = await make();
  const both = await raceBehind(market.db, lockOf(box.orderId), 2, [
    () => box.propose(),
    () => box.propose(),
  ]);
  expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
  expect(both.find((one) => !one.ok)).toEqual({ ok: false, reason: "substitute-open" });
  expect((await stockOf(market.db, box.plums.id))[0]).toEqual([1, 2, 0, 0]);
});

test("the same is offered for two lines of one box once, at once too, and again after a no", async () => {
  const box = await make();
  const ofPears = { orderLineId: box.lines[1]?.lineId ?? "", missing: 1, quantity: 1 };
  const both = await raceBehind(market.db, lockOf(box.orderId), 2, [
    () => box.propose(),
    () => box.propose(ofPears),
  ]);
  expect(both.find((one) => !one.ok)).toEqual({ ok: false, reason: "offer-gone" });
  const asked = both.find((one) => one.ok);
  await box.answer((asked?.ok && asked.substitutionId) || "", "no");
  expect(await box.answer(await box.ask(ofPears), "yes")).toMatchObject({ state: "accepted" });
  expect(await differences()).toEqual([]);
});

test("a yes after its time is told so, and the money goes back, as it does without any answer", async () => {
  const box = await make();
  const id = await box.ask();
  expect(await lapseSubstitutes(market.app)).toEqual({ ok: true, lapsed: 0 });
  expect(await box.answer(id, "yes", later())).toEqual({ ok: false, reason: "too-late" });
  expect(await statesOf()).toEqual(["lapsed"]);
  const again = await box.ask();
  const [lapsed, said] = await raceBehind<object>(market.db, lockOf(box.orderId), 2, [
    () => lapseSubstitutes(market.app, { now: later() }),
    () => box.answer(again, "yes", later()),
  ]);
  expect(await statesOf()).toEqual(["lapsed", "lapsed"]);
  expect([lapsed, said]).toContainEqual(expect.objectContaining({ ok: true }));
  expect(await lapseSubstitutes(market.app, { now: later() })).toEqual({ ok: true, lapsed: 0 });
  await carryOutRefunds(market.db, market.payments, box.orderId);
  expect((await booksOf(market.db))["stripe:clearing"]).toBe(box.totalFen - 4 * 2_990);
  expect(await stockOf(market.db, box.plums.id)).toEqual(plumsFree);
  expect(await differences()).toEqual([]);
});

test("what a bank holds up is due again, and holds up nobody else's end", async () => {
  const box = await make();
  await box.ask({ missing: 1, quantity: 1 });
  const { db, payments } = market;
  const other = await makePaidCheckout(db, payments, [{ listing: box.pears, quantity: 2 }]);
  const line = other.lines[0] ?? box;
  const of = { parcelId: line.parcelId, orderLineId: line.lineId, missing: 1, quantity: 1 };
  expect(await box.propose(of)).toMatchObject({ ok: true });
  const { orderId, totalFen: fen } = box;
  await settleDisputed(db, payments, { orderId, fen, status: "needs_response", id: "dp_1" });
  const due = { now: later(), atOnce: 1 };
  expect(await lapseSubstitutes(market.app, due)).toEqual({ ok: true, lapsed: 1 });
  expect(await statesOf()).toEqual(["open", "lapsed"]);
  expect(await differences()).toEqual([]);
});

test("an offer that is not what she was shown any more is not taken, and the money goes back", async () => {
  const changes = [
    "price_fen = 2400",
    "title_zh = '别的'",
    "grade = 'second'",
    "unit_grams = 100",
    "status = 'withdrawn'",
  ];
  for (const change of changes) {
    const box = await make();
    const id = await box.ask();
    await sql`update listings set ${sql.raw(change)} where id = ${box.plums.id}`.execute(market.db);
    expect(await box.answer(id, "yes"), change).toEqual({ ok: false, reason: "offer-changed" });
    expect(await statesOf()).toEqual(["changed"]);
    expect(await stockOf(market.db, box.plums.id)).toEqual(plumsFree);
    await market.drop();
    market = await openPayingMarket();
  }
});

test("what is withdrawn because the goods are there changes nothing, and else refunds at once", async () => {
  const box = await make();
  const found = await box.ask();
  expect(await box.withdraw(found, true)).toEqual({ ok: true, fen: 0, isNew: true });
  expect(await box.withdraw(found, true)).toEqual({ ok: true, fen: 0, isNew: false });
  expect(await market.db.selectFrom("refunds").select("id").execute()).toEqual([]);
  const gone = await box.ask();
  expect(await box.withdraw(gone, false)).toEqual({ ok: true, fen: 5_980, isNew: true });
  expect(await box.answer(gone, "yes")).toMatchObject({ reason: "answered", state: "withdrawn" });
  expect(await stockOf(market.db, box.plums.id)).toEqual(plumsFree);
  expect(await differences()).toEqual([]);
});

test("while she is asked nothing of it is packed, sent in parts, weighed or said short", async () => {
  const box = await make();
  const { scope, parcelId, lineId: orderLineId } = box;
  await box.ask();
  const open = { ok: false, reason: "substitute-open" };
  const of = { parcelId, orderLineId, clientKey: "k" };
  expect(await acceptParcel(market.app, scope, { parcelId })).toMatchObject({ ok: true });
  expect(await packParcel(market.app, scope, { parcelId })).toEqual(open);
  expect(await sayShort(market.app, scope, { ...of, quantity: 1, reason: "gone" })).toEqual(open);
  expect(await weighLine(market.app, scope, { ...of, actualGrams: 9_000 })).toEqual(open);
  const later = [{ orderLineId, units: 1 }];
  const promisedOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const split = { parcelId, later, shownUnits: 6, reason: "weather", promisedOn, clientKey: "k" };
  expect(await divideParcel(market.app, scope, { ...split, reason: "weather" })).toEqual(open);
  const [id] = await market.db.selectFrom("substitutions").select("id").execute();
  await box.answer(id?.id ?? "", "yes");
  expect(await packParcel(market.app, scope, { parcelId })).toMatchObject({ ok: true });
  expect(await box.propose()).toEqual({ ok: false, reason: "box-closed" });
});

test("a parcel that is called off, or an order that is cancelled, asks her no more and holds nothing", async () => {
  const box = await make();
  const id = await box.ask();
  const { parcelId } = box;
  await cancelParcel(market.app, box.scope, { parcelId, reason: "霜冻" });
  expect(await statesOf()).toEqual(["dropped"]);
  expect(await box.answer(id, "yes")).toMatchObject({ ok: false, reason: "answered" });
  expect(await stockOf(market.db, box.plums.id)).toEqual(plumsFree);
  await carryOutRefunds(market.db, market.payments, box.orderId);
  expect((await booksOf(market.db))["stripe:clearing"] ?? 0).toBe(0);
  expect(await differences()).toEqual([]);
});

test("her own cancelling and her yes at once: she has what the faster one says, whole", async () => {
  const box = await make();
  const id = await box.ask();
  const cancel = () =>
    cancelOrder(market.app, market.payments.gateway, box.buyer, {
      number: box.number,
      withRefund: true,
    });
  const [said] = await raceBehind<{ ok: boolean }>(market.db, lockOf(box.orderId), 2, [
    () => box.answer(id, "yes"),
    cancel,
  ]);
  expect(await statesOf()).toEqual([said?.ok ? "accepted" : "dropped"]);
  await carryOutRefunds(market.db, market.payments, box.orderId);
  expect((await booksOf(market.db))["stripe:clearing"] ?? 0).toBe(0);
  expect(await stockOf(market.db, box.plums.id)).toEqual(plumsFree);
  expect(await differences()).toEqual([]);
});
