import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { booksOf } from "#tests/factories/look.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { makeShortBox, stockOf } from "#tests/factories/substitutions.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { answerSubstitute } from "./answer-substitute.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

const differences = async () => (await verifyLedger(market.db)).differences;
const make = (more = {}) => makeShortBox(market, market.payments, more);

describe("what is offered instead", () => {
  test("is held at once, is told to the buyer, and changes nothing else before she answers", async () => {
    const box = await make();
    const before = await booksOf(market.db);
    expect(await box.propose()).toMatchObject({ ok: true, backFen: 2 * 490, isNew: true });
    expect(await stockOf(market.db, box.plums.id)).toEqual([
      [1, 2, 0, 0],
      [5, 0, 0, 0],
    ]);
    expect(await booksOf(market.db)).toEqual(before);
    const told = await market.db
      .selectFrom("messages")
      .select(["template", "params"])
      .where("template", "=", "parcel.substitute")
      .execute();
    expect(told).toMatchObject([{ params: { number: box.number, offer: "李子×2", fen: 980 } }]);
    expect(await differences()).toEqual([]);
  });

  test("becomes a line with her yes, paid with the missing goods' money to the fen, and the rest goes back", async () => {
    const box = await make();
    const id = await box.ask({ quantity: 2 });
    const sold = await booksOf(market.db);
    expect(await box.answer(id, "yes")).toEqual({ ok: true, state: "accepted", isNew: true });
    const books = await booksOf(market.db);
    const gained = (account: string) => (books[account] ?? 0) - (sold[account] ?? 0);
    // Both plums are of the lot harvested first: 5000 fen less the fee of 6 %.
    expect(gained("relief:LS-000311")).toBe(-4_700);
    // Apples give in proportion to what each sold: three of one household, one of the other.
    const taken = gained("relief:LS-000123") + gained("relief:LS-000207");
    expect(taken + gained("coop-fee:yanyuan")).toBe(4_700);
    expect(taken).toBeGreaterThan(4_690);
    expect(gained("owed:yanyuan")).toBe(0);
    expect(gained("stripe:clearing")).toBe(0);
    expect(await stockOf(market.db, box.plums.id)).toEqual([
      [1, 0, 2, 0],
      [5, 0, 0, 0],
    ]);
    const apples = await stockOf(market.db, box.apples.id);
    expect(apples.reduce((sum, [, , , out]) => sum + (out ?? 0), 0)).toBe(2);
    expect(await differences()).toEqual([]);
    await carryOutRefunds(market.db, market.payments, box.orderId);
    expect((await booksOf(market.db))["stripe:clearing"]).toBe(box.totalFen - 980);
    expect(await differences()).toEqual([]);
  });

  test("at the very price of what is missing needs no refund", async () => {
    const box = await make();
    await sql`update listings set price_fen = 2990 where id = ${box.plums.id}`.execute(market.db);
    const id = await box.ask({ seenPriceFen: 2_990 });
    await box.answer(id, "yes");
    expect(await market.db.selectFrom("refunds").select("id").execute()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  test("never costs her more, and is of what is there, of this cooperative and on sale", async () => {
    const box = await make();
    const offers = box.propose;
    expect(await offers({ quantity: 3 })).toEqual({ ok: false, reason: "too-dear", most: 2 });
    expect(await offers({ missing: 1, quantity: 2 })).toMatchObject({
      reason: "too-dear",
      most: 1,
    });
    expect(await offers({ missing: 5 })).toEqual({ ok: false, reason: "not-so-many", units: 4 });
    expect(await offers({ seenPriceFen: 2_400 })).toEqual({ ok: false, reason: "offer-changed" });
    expect(await offers({ listingId: box.pears.id })).toEqual({ ok: false, reason: "offer-gone" });
    expect(await offers({ listingId: box.apples.id })).toEqual({ ok: false, reason: "offer-gone" });
    expect(await offers({ listingId: "x" })).toEqual({ ok: false, reason: "offer-gone" });
    for (const none of [0, -1, 1.5, Number.NaN]) {
      const invalid = { ok: false, reason: "quantity-invalid" };
      expect(await offers({ quantity: none })).toEqual(invalid);
      expect(await offers({ missing: none })).toEqual(invalid);
    }
    await sql`update lots set available = 0, taken_out = quantity_in
      where listing_id = ${box.plums.id}`.execute(market.db);
    expect(await offers()).toEqual({ ok: false, reason: "not-in-stock", available: 0 });
    await sql`update listings set status = 'paused' where id = ${box.plums.id}`.execute(market.db);
    expect(await offers()).toEqual({ ok: false, reason: "offer-gone" });
    expect(await market.db.selectFrom("substitutions").select("id").execute()).toEqual([]);
  });

  test("is one proposal however often the form comes, and a line has one at a time", async () => {
    const box = await make();
    const clientKey = uuidv7();
    const first = await box.propose({ clientKey });
    expect(await box.propose({ clientKey })).toEqual({ ...first, isNew: false });
    expect(await box.propose({ clientKey, missing: 3 })).toMatchObject({ reason: "taken-before" });
    expect(await box.propose()).toEqual({ ok: false, reason: "substitute-open" });
    expect((await stockOf(market.db, box.plums.id))[0]).toEqual([1, 2, 0, 0]);
  });
});

describe("without her yes", () => {
  test("nothing is replaced: her no sends the money back as for any shortage", async () => {
    const box = await make();
    const id = await box.ask();
    expect(await box.answer(id, "no")).toEqual({ ok: true, state: "declined", isNew: true });
    expect(await box.answer(id, "no")).toEqual({ ok: true, state: "declined", isNew: false });
    expect(await box.answer(id, "yes")).toEqual({
      ok: false,
      reason: "answered",
      state: "declined",
    });
    expect((await stockOf(market.db, box.plums.id))[0]).toEqual([3, 0, 0, 0]);
    await carryOutRefunds(market.db, market.payments, box.orderId);
    expect((await booksOf(market.db))["stripe:clearing"]).toBe(box.totalFen - 2 * 2_990);
    expect(await differences()).toEqual([]);
  });

  test("a parcel of which that was all is called off, with its freight", async () => {
    const box = await make({ withPears: false });
    const id = await box.ask({ missing: 4, quantity: 4 });
    await box.answer(id, "no");
    await carryOutRefunds(market.db, market.payments, box.orderId);
    expect((await booksOf(market.db))["stripe:clearing"] ?? 0).toBe(0);
    const { status } = await market.db
      .selectFrom("parcels")
      .select("status")
      .executeTakeFirstOrThrow();
    expect(status).toBe("cancelled");
    const apples = await stockOf(market.db, box.apples.id);
    expect(apples.reduce((sum, [, , , out]) => sum + (out ?? 0), 0)).toBe(4);
    expect(await differences()).toEqual([]);
  });

  test("nobody else answers for her", async () => {
    const box = await make();
    const substitutionId = await box.ask();
    const asked = { number: box.number, substitutionId, answer: "yes", locale: "zh" } as const;
    const unknown = { ok: false, reason: "order-not-found" };
    expect(await answerSubstitute(market.app, makeBuyer(), asked)).toEqual(unknown);
    expect(await answerSubstitute(market.app, makeBuyer("somebody"), asked)).toEqual(unknown);
    for (const id of [uuidv7(), "x"]) {
      const other = { ...asked, substitutionId: id };
      expect(await answerSubstitute(market.app, box.buyer, other)).toEqual(unknown);
    }
  });
});
