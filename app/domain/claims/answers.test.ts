import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, claimRow, makeDelivered } from "#tests/factories/claims.ts";
import { standingOf } from "#tests/factories/look.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { coopScope, operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { answerClaim } from "./answer-claim.ts";
import { hoursAfter } from "./claim-rules.ts";
import { decideClaim } from "./decide-claim.ts";
import { lapseClaims } from "./lapse-claims.ts";
import { replyToAnswer } from "./reply-to-answer.ts";

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

const operator = operatorScope({ userId: "operator" });
const at = (hours: number) => hoursAfter(new Date(), hours);

const isSound = async () => expect((await verifyLedger(database.db)).differences).toEqual([]);

describe("an answer", () => {
  test("of less waits for the buyer, who takes it", async () => {
    const order = await makeDelivered(database.db, payments);
    const id = claimIdOf(await order.claim());
    const offer = { kind: "offer", fen: 2_000, fault: "farm", reason: "只有一半" } as const;
    expect(await order.answer(id, { ...offer, fen: 5_980 })).toMatchObject({ reason: "not-less" });
    expect(await order.answer(id, { ...offer, fen: 0 })).toMatchObject({ reason: "not-less" });
    expect(await order.answer(id, { ...offer, reason: "" })).toMatchObject({ reason: "no-reason" });
    expect(await order.answer(id, offer)).toEqual({ ok: true, isNew: true });
    expect(await order.answer(id, offer)).toEqual({ ok: true, isNew: false });
    expect(await order.answer(id, { ...offer, fen: 2_500 })).toMatchObject({
      reason: "already-answered",
    });
    expect(await order.reply(id, "take")).toEqual({ ok: true, isNew: true });
    expect(await order.reply(id, "take")).toEqual({ ok: true, isNew: false });
    expect(await order.reply(id, "escalate")).toMatchObject({ reason: "claim-over" });
    expect(await claimRow(database.db, id)).toMatchObject({ state: "settled", grantedFen: 2_000 });
    await order.carryOut();
    await isSound();
    const { rows } = await sql<{
      template: string;
    }>`select template from messages
      where phone is not null and template not like 'parcel.%' order by id`.execute(database.db);
    expect(rows.map(({ template }) => template)).toEqual(["claim.offered", "refund.goods"]);
  });

  test("that the buyer does not take goes to the operator, who decides for good", async () => {
    const order = await makeDelivered(database.db, payments);
    const { db } = database;
    const id = claimIdOf(await order.claim());
    const decide = (fen: number) =>
      decideClaim(db, operator, {
        claimId: id,
        decision: { kind: "grant", fen, fault: "carrier", reason: "照片清楚" },
      });
    expect(await decide(100)).toMatchObject({ reason: "claim-not-found" });
    expect(await order.reply(id, "escalate")).toMatchObject({ reason: "not-answered-yet" });
    await order.answer(id, { kind: "refuse", reason: "不是我们的" });
    expect(await order.reply(id, "take")).toMatchObject({ reason: "nothing-offered" });
    expect(await order.reply(id, "escalate")).toEqual({ ok: true, isNew: true });
    const late = { kind: "accept", fault: "farm", reason: "" } as const;
    expect(await order.answer(id, late)).toMatchObject({ reason: "with-operator" });
    expect(await decide(5_981)).toMatchObject({ reason: "not-an-amount" });
    expect(await decide(3_000)).toEqual({ ok: true, isNew: true });
    expect(await decide(3_000)).toEqual({ ok: true, isNew: false });
    expect(await decide(4_000)).toMatchObject({ reason: "already-answered" });
    await order.carryOut();
    await isSound();
  });

  test("that does not come in a day is the operator's, who may say no", async () => {
    const order = await makeDelivered(database.db, payments, makeBuyer());
    const { db } = database;
    const id = claimIdOf(await order.claim());
    expect(await lapseClaims(db, { now: at(23) })).toEqual({ ok: true, lapsed: 0 });
    expect(await lapseClaims(db, { now: at(25) })).toEqual({ ok: true, lapsed: 1 });
    expect(await lapseClaims(db, { now: at(25) })).toEqual({ ok: true, lapsed: 0 });
    expect(await claimRow(db, id)).toMatchObject({ state: "escalated", dueAt: null });
    const no = { claimId: id, decision: { kind: "dismiss", reason: "不是坏果" } as const };
    expect(await decideClaim(db, operator, no)).toEqual({ ok: true, isNew: true });
    expect(await claimRow(db, id)).toMatchObject({ state: "closed", reason: "不是坏果" });
    expect((await standingOf(db, order.orderId)).refunds).toEqual([]);
    const { rows } = await sql<{ line: string }>`select kind || ' ' || by_side || ' '
      || coalesce(by_user_id, '-') as line from claim_events order by id`.execute(db);
    expect(rows.map(({ line }) => line)).toEqual([
      ...["send buyer -", "lapse market -", "dismiss operator operator"],
    ]);
    await isSound();
  });

  test("of less that the buyer leaves for three days is given to her", async () => {
    const order = await makeDelivered(database.db, payments);
    const id = claimIdOf(await order.claim());
    await order.answer(id, { kind: "offer", fen: 1_500, fault: "cooperative", reason: "一部分" });
    expect(await lapseClaims(database.db, { now: at(71) })).toMatchObject({ lapsed: 0 });
    expect(await lapseClaims(database.db, { now: at(73) })).toMatchObject({ lapsed: 1 });
    expect(await claimRow(database.db, id)).toMatchObject({ state: "settled", grantedFen: 1_500 });
    await order.carryOut();
    await isSound();
  });

  test("is another cooperative's and another buyer's to nobody", async () => {
    const order = await makeDelivered(database.db, payments);
    const { db } = database;
    const id = claimIdOf(await order.claim());
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    const answer = { kind: "refuse", reason: "no" } as const;
    const reply = { number: order.number, claimId: id, kind: "escalate" } as const;
    expect(await answerClaim(db, stranger, { claimId: id, answer })).toMatchObject({
      reason: "claim-not-found",
    });
    expect(await replyToAnswer(db, makeBuyer(), reply)).toMatchObject({
      reason: "claim-not-found",
    });
    expect(await answerClaim(db, order.line.scope, { claimId: "x", answer })).toMatchObject({
      reason: "claim-not-found",
    });
  });
});
