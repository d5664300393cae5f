import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { openTwoBoxesMarket, type TwoBoxesMarket } from "#tests/setup/two-boxes-market.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { readParcelRefunds } from "../parcels/read-parcel-refunds.ts";

let market: TwoBoxesMarket["market"];
let boxes: TwoBoxesMarket["boxes"];
beforeEach(async () => {
  const opened = await openTwoBoxesMarket();
  ({ market, boxes } = opened);
  return opened.close;
});

const PARCEL = 3_790;
const operator = operatorScope({ userId: "operator" });
const told = async () => {
  const all = market.db.selectFrom("messages").select(["template", "params"]).orderBy("id");
  return (await all.execute()).map(({ template, params }) => {
    return `${template} ${(params as { fen: number }).fen}`;
  });
};

describe("what a bank gives a buyer is first what had been promised to her and did not arrive", () => {
  test("all of it: nothing is owed any more, and it came from whom it was to come", async () => {
    await boxes.ask(1_000);
    await boxes.carryOut();
    const { "stripe:clearing": _, ...given } = await booksOf(market.db);
    const [refund] = (await standingOf(market.db, boxes.order.orderId)).refunds;
    await boxes.fail(refund?.id ?? "");
    await boxes.dispute(1_000, "needs_response");
    expect(await boxes.owed()).toBe(1_000);
    for (const _look of [1, 2, 3]) await boxes.dispute(1_000, "lost");
    expect(await boxes.refunds()).toEqual(["1000 failed goods", "1000 succeeded by-bank"]);
    expect(await booksOf(market.db)).toMatchObject(given);
    expect(await boxes.lossOf()).toBe(0);
    expect(await boxes.view()).toMatchObject({ stillOwedFen: 0, lostFen: 1_000, refundFen: 0 });
    expect(await boxes.transfer(1_000)).toMatchObject({ ok: false, reason: "more-than-owed" });
    expect((await told()).at(-1)).toBe("refund.by-bank 1000");
    const { rows } = await readTroubledRefunds(market.db, operator, { limit: 9 });
    expect(rows).toEqual([]);
    const { scope, parcelId } = boxes.lineOf();
    expect(await readParcelRefunds(market.db, scope, parcelId)).toMatchObject([
      { status: "failed", owedFen: 0 },
      { status: "succeeded", reason: "by-bank", fen: 1_000 },
    ]);
  });

  test("a part of it: the rest stays owed, and may be paid by transfer", async () => {
    await boxes.promise(1_000);
    await boxes.dispute(400, "lost");
    expect(await boxes.owed()).toBe(600);
    expect(await boxes.lossOf()).toBe(0);
    expect(await boxes.transfer(601)).toMatchObject({ reason: "more-than-owed", owedFen: 600 });
    expect(await boxes.transfer(600)).toMatchObject({ ok: true });
    expect(await boxes.owed()).toBe(0);
  });

  test("more than it: what is beyond is the market's", async () => {
    await boxes.promise(1_000);
    await boxes.dispute(1_500, "lost");
    expect(await boxes.owed()).toBe(0);
    expect(await boxes.lossOf()).toBe(500);
  });

  test("and is owed again as often as the bank takes that back", async () => {
    await boxes.promise(1_000);
    for (const _turn of [1, 2]) {
      await boxes.dispute(1_000, "lost");
      expect(await boxes.owed()).toBe(0);
      for (const status of ["appeal_under_review", "won", "won"] as const) {
        await boxes.dispute(1_000, status);
        expect(await boxes.owed()).toBe(1_000);
      }
    }
    expect(await boxes.lossOf()).toBe(0);
    expect((await told()).filter((each) => each === "refund.bank-took-back 1000")).toHaveLength(2);
    expect(await boxes.transfer(1_000)).toMatchObject({ ok: true });
    expect(await boxes.refunds()).toEqual(["1000 failed goods", "1000 succeeded by-transfer"]);
  });

  test("but not what another bank took of her money in another currency", async () => {
    await boxes.promise(1_000);
    await boxes.dispute(1_000, "lost", "dp_1", "usd");
    expect(await boxes.owed()).toBe(1_000);
  });
});

describe("what a bank gives a buyer is first what was asked back for her and waits", () => {
  test("of a parcel called off: no Stripe is asked for it any more", async () => {
    const { db, payments } = market;
    const off = await cancelParcel(db, boxes.lineOf().scope, { ...boxes.lineOf(), reason: "霜冻" });
    expect(off).toMatchObject({ ok: true });
    await boxes.dispute(PARCEL, "needs_response");
    await boxes.dispute(PARCEL, "lost");
    expect(await boxes.carryOut()).toEqual([]);
    expect(await boxes.refunds()).toEqual([`${PARCEL} succeeded by-bank`]);
    const { data } = await payments.stripe.refunds.list();
    expect(data).toEqual([]);
    expect(await booksOf(db)).toEqual({
      "stripe:clearing": PARCEL,
      "relief:LS-000002": -2_811,
      "coop-fee:bb": -179,
      "freight:bb": -800,
    });
    const seen = await boxes.view();
    expect(seen).toMatchObject({ status: "partly-refunded", lostFen: PARCEL, refundFen: 0 });
    expect(seen?.refunds).toMatchObject([{ isByBank: true, status: "succeeded", note: "霜冻" }]);
    expect(await told()).toEqual([
      `refund.cancelled-by-cooperative ${PARCEL}`,
      `refund.by-bank ${PARCEL}`,
    ]);
  });

  test("a part of it: the rest stays asked for, with its job, and goes out", async () => {
    await boxes.ask(1_000);
    await boxes.dispute(400, "lost");
    expect(await boxes.refunds()).toEqual(["400 succeeded by-bank", "600 requested goods"]);
    const { rows } = await sql<{ fen: number }>`select r.fen from refunds r
      join graphile_worker.jobs j on j.key = 'refund-payment:' || r.id
      where r.status = 'requested'`.execute(market.db);
    expect(rows).toEqual([{ fen: 600 }]);
    await boxes.carryOut();
    expect(await boxes.refunds()).toEqual(["400 succeeded by-bank", "600 succeeded goods"]);
    expect(await boxes.lossOf()).toBe(0);
  });

  test("and is asked for again, once, when the bank takes that back", async () => {
    await boxes.ask(1_000);
    await boxes.dispute(1_000, "lost");
    await boxes.dispute(1_000, "appeal_under_review");
    expect(await boxes.refunds()).toEqual(["1000 requested goods"]);
    await boxes.dispute(1_000, "lost");
    expect(await boxes.refunds()).toEqual(["1000 succeeded by-bank"]);
    for (const _look of [1, 2]) await boxes.dispute(1_000, "won");
    expect(await boxes.refunds()).toEqual(["1000 requested goods"]);
    await boxes.carryOut();
    await boxes.dispute(1_000, "won");
    expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
    expect(await boxes.lossOf()).toBe(0);
  });

  test("but nothing that was asked for after the verdict", async () => {
    await boxes.dispute(1_000, "lost");
    const id = await boxes.ask(1_000);
    await boxes.dispute(1_000, "lost");
    expect(await boxes.refunds()).toEqual(["1000 requested goods"]);
    await boxes.carryOut();
    await boxes.fail(id);
    expect(await boxes.owed()).toBe(1_000);
    expect(await boxes.lossOf()).toBe(1_000);
  });

  test("nor what Stripe has, until it has failed", async () => {
    const id = await boxes.ask(1_000);
    await boxes.carryOut();
    await boxes.dispute(1_000, "lost");
    expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
    expect(await boxes.lossOf()).toBe(1_000);
    await boxes.fail(id);
    expect(await boxes.owed()).toBe(0);
    expect(await boxes.lossOf()).toBe(0);
  });
});

test("a bank's money is what is of just that amount, else the oldest, asked for or promised", async () => {
  await boxes.promise(300);
  await boxes.ask(500);
  await boxes.promise(700, 1);
  await boxes.ask(900, 1);
  await boxes.dispute(900, "lost", "dp_1");
  expect(await boxes.refunds()).toContain("900 succeeded by-bank");
  expect(await boxes.refunds()).not.toContain("900 requested goods");
  await boxes.dispute(450, "lost", "dp_2");
  expect(await boxes.owed()).toBe(700);
  expect(await boxes.refunds()).toEqual([
    "300 failed goods",
    "700 failed goods",
    "900 succeeded by-bank",
    "300 succeeded by-bank",
    "150 succeeded by-bank",
    "350 requested goods",
  ]);
});

test("what one bank takes back, the loss to another counts for", async () => {
  await boxes.promise(1_000);
  await boxes.dispute(1_000, "lost", "dp_1");
  await boxes.dispute(600, "lost", "dp_2");
  expect([await boxes.owed(), await boxes.lossOf()]).toEqual([0, 600]);
  await boxes.dispute(1_000, "won", "dp_1");
  expect([await boxes.owed(), await boxes.lossOf()]).toEqual([400, 0]);
  await boxes.dispute(600, "won", "dp_2");
  expect([await boxes.owed(), await boxes.lossOf()]).toEqual([1_000, 0]);
});
