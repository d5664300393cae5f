import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  claimIdOf,
  claimRow,
  makeClaim,
  makeClaimPhoto,
  makeDelivered,
} from "#tests/factories/claims.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope, householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readSlip } from "../households/read-slip.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { assignFault } from "./assign-fault.ts";
import { hoursAfter } from "./claim-rules.ts";
import { lapseClaims } from "./lapse-claims.ts";
import { readClaimable } from "./read-claimable.ts";
import { sendClaim } from "./send-claim.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const at = (hours: number) => hoursAfter(new Date(), hours);

const isSound = async () => expect((await verifyLedger(database.db)).differences).toEqual([]);

describe("a claim", () => {
  test("of a tenth of the goods, the buyer's first, is settled at once like any refund", async () => {
    const order = await makeDelivered(database.db, payments);
    const before = await booksOf(database.db);
    expect(before).toMatchObject({ "coop-fee:yanyuan": -717 });
    const sent = await order.claim({ percent: 10 });
    expect(sent).toMatchObject({ ok: true, state: "settled", isNew: true });
    expect(await claimRow(database.db, claimIdOf(sent))).toMatchObject({
      ...{ state: "settled", askedFen: 1_196, grantedFen: 1_196, fault: "farm", dueAt: null },
    });
    await order.carryOut();
    const after = await booksOf(database.db);
    expect(after["stripe:clearing"]).toBe((before["stripe:clearing"] ?? 0) - 1_196);
    expect(after["coop-fee:yanyuan"]).toBe(-717 + 72);
    expect((await standingOf(database.db, order.orderId)).refunds).toMatchObject([
      { status: "succeeded", reason: "goods", fen: 1_196 },
    ]);
    await isSound();
  });

  test("that is larger, or not the first, waits a day for the cooperative, whose managers are told", async () => {
    const order = await makeDelivered(database.db, payments);
    await sql`insert into cooperative_members (id, cooperative_id, user_id, role)
      select ${uuidv7()}::uuid, id, 'manager-1', 'manager' from cooperatives`.execute(database.db);
    const first = await order.claim({ percent: 25 });
    expect(first).toMatchObject({ state: "waiting" });
    const { dueAt } = await claimRow(database.db, claimIdOf(first));
    expect(Math.abs(Number(dueAt) - Number(at(24)))).toBeLessThan(60_000);
    const { rows } = await sql`select user_id, template, params from messages
      where template like 'claim.%'`.execute(database.db);
    expect(rows).toEqual([
      {
        ...{ user_id: "manager-1", template: "claim.sent" },
        params: { number: order.number, fen: 2_990 },
      },
    ]);
    const refuse = { kind: "refuse", reason: "照片看不清" } as const;
    expect(await order.answer(claimIdOf(first), refuse)).toEqual({ ok: true, isNew: true });
    await lapseClaims(database.db, { now: at(73) });
    expect(await claimRow(database.db, claimIdOf(first))).toMatchObject({ state: "closed" });
    expect(await order.claim({ percent: 10 })).toMatchObject({ ok: true, state: "waiting" });
    await isSound();
  });

  test("sent twice is one claim, also one after the other", async () => {
    const order = await makeDelivered(database.db, payments);
    const photoIds = [await makeClaimPhoto(database.db, order.orderId)];
    const form = { clientKey: uuidv7(), photoIds };
    const both = await Promise.all([order.claim(form), order.claim(form)]);
    expect(both.map((sent) => sent.ok && sent.isNew).sort()).toEqual([false, true]);
    expect(new Set(both.map(claimIdOf)).size).toBe(1);
    const late = await order.claim({ ...form, now: at(60) });
    expect(late).toMatchObject({ ok: true, isNew: false });
  });

  test("is refused with its reason where there is nothing to claim", async () => {
    const order = await makeDelivered(database.db, payments);
    const { db } = database;
    const { parcelId, lineId } = order.line;
    const photoIds = [await makeClaimPhoto(db, order.orderId)];
    const of = { number: order.number, parcelId, words: "", photoIds };
    const line = { orderLineId: lineId, percent: 50 };
    const send = (with_: Partial<Parameters<typeof sendClaim>[2]>, buyer = order.buyer) =>
      sendClaim(db, buyer, { ...of, lines: [line], clientKey: uuidv7(), ...with_ });
    const reasons = [
      await send({}, makeBuyer()),
      await send({ parcelId: uuidv7() }),
      await send({ parcelId: "nonsense" }),
      await send({ lines: [] }),
      await send({ lines: [{ orderLineId: uuidv7(), percent: 50 }] }),
      await send({ lines: [line, line] }),
      await send({ photoIds: [] }),
      await send({ photoIds: [uuidv7()] }),
      await send({ now: at(49) }),
    ].map((sent) => (sent.ok ? "ok" : sent.reason));
    expect(reasons).toEqual([
      ...["parcel-not-found", "parcel-not-found", "parcel-not-found", "no-lines"],
      ...["unknown-line", "unknown-line", "no-photos", "no-photos", "too-late"],
    ]);
    expect(await send({})).toMatchObject({ ok: true });
    const second = await makeClaimPhoto(db, order.orderId);
    expect(await send({ photoIds: [second] })).toMatchObject({ reason: "line-claimed" });
  });

  test("before delivery is too early", async () => {
    const { db } = database;
    const listing = await makeListing(db);
    const order = await makePaidCheckout(db, payments, [{ listing, quantity: 1 }]);
    const [line] = order.lines;
    if (!line) throw new Error("no line");
    const asked = { number: order.number, parcelId: line.parcelId };
    expect(await readClaimable(db, order.buyer, asked)).toMatchObject({ problem: "not-delivered" });
    expect(await makeClaim(db, { ...order, line })).toMatchObject({ reason: "not-delivered" });
  });
});

describe("who bears a claim", () => {
  test("the farm: household and fee, in proportion", async () => {
    const order = await makeDelivered(database.db, payments);
    const id = claimIdOf(await order.claim());
    const said = { kind: "accept", fault: "farm", reason: "对不起" } as const;
    expect(await order.answer(id, said)).toEqual({ ok: true, isNew: true });
    expect(await order.answer(id, said)).toEqual({ ok: true, isNew: false });
    await order.carryOut();
    expect((await booksOf(database.db))["coop-fee:yanyuan"]).toBe(-717 + 359);
    await isSound();
  });

  test.each(["cooperative", "carrier"] as const)(
    "the %s: the households keep their part, and the cooperative bears all of it",
    async (fault) => {
      const order = await makeDelivered(database.db, payments);
      const before = await booksOf(database.db);
      const id = claimIdOf(await order.claim());
      await order.answer(id, { kind: "accept", fault, reason: "路上压坏了" });
      await isSound();
      await order.carryOut();
      const after = await booksOf(database.db);
      expect(after).toEqual({
        ...before,
        "stripe:clearing": (before["stripe:clearing"] ?? 0) - 5_980,
        "coop-fee:yanyuan": -717 + 5_980,
      });
      await isSound();
    },
  );

  test("is told to the household on its slip: what went back, and who made it good", async () => {
    const { db } = database;
    const order = await makeDelivered(db, payments);
    const id = claimIdOf(await order.claim());
    await order.answer(id, { kind: "accept", fault: "cooperative", reason: "压坏了" });
    await order.carryOut();
    const { rows } = await sql<{ id: string }>`select household_id as id from relief_accounts
      where code = 'LS-000123'`.execute(db);
    const scope = householdScope({
      ...{ userId: "head", householdId: rows[0]?.id ?? "" },
      cooperativeId: order.line.scope.cooperativeId,
    });
    const slip = await readSlip(db, scope, order.line.lineId);
    expect(slip?.changes.map(({ kind }) => kind).sort()).toEqual(["claim", "refund"]);
    expect(slip?.changes.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
  });

  test("the cooperative, when it says so after the rule had settled it", async () => {
    const order = await makeDelivered(database.db, payments);
    const { db } = database;
    const before = await booksOf(db);
    const id = claimIdOf(await order.claim({ percent: 10 }));
    const assign = (fault: "cooperative" | "carrier", scope = order.line.scope) =>
      assignFault(db, scope, { claimId: id, fault });
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    expect(await assign("carrier", stranger)).toEqual({ ok: false, reason: "claim-not-found" });
    expect(await assign("carrier")).toEqual({ ok: true, isNew: true });
    expect(await assign("carrier")).toEqual({ ok: true, isNew: false });
    expect(await assign("cooperative")).toEqual({ ok: false, reason: "already-assigned" });
    await order.carryOut();
    const { "relief:LS-000123": one, "relief:LS-000207": two } = await booksOf(db);
    expect([one, two]).toEqual([before["relief:LS-000123"], before["relief:LS-000207"]]);
    await isSound();
  });
});
