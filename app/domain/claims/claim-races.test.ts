import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, claimRow, deliver, makeClaim } from "#tests/factories/claims.ts";
import { standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { answerClaim, type ClaimAnswer } from "./answer-claim.ts";
import { hoursAfter } from "./claim-rules.ts";
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

async function makeDelivered() {
  const { db } = database;
  const listing = await makeListing(db);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  await deliver(db, line.scope, line.parcelId);
  return { ...order, line };
}

const orderRow = (id: string): RawBuilder<unknown> =>
  sql`select from orders where id = ${id} for update`;
const isSound = async () => expect((await verifyLedger(database.db)).differences).toEqual([]);

const accept: ClaimAnswer = { kind: "accept", fault: "carrier", reason: "压坏了" };
const refuse: ClaimAnswer = { kind: "refuse", reason: "不是我们的" };

describe("at the same moment", () => {
  test("two answers of one cooperative are one, and the other hears that there is one", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, line }));
    const say = (answer: ClaimAnswer) => () => answerClaim(db, line.scope, { claimId, answer });
    const said = await raceBehind(db, orderRow(orderId), 2, [say(accept), say(refuse)]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    const [lost] = said.flatMap((each) => (each.ok ? [] : [each.reason]));
    expect(["claim-over", "already-answered"]).toContain(lost);
    await carryOutRefunds(db, payments, orderId);
    await isSound();
  });

  test("the same answer tapped five times gives the money once", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, line }));
    const tap = () => answerClaim(db, line.scope, { claimId, answer: accept });
    const said = await raceBehind(db, orderRow(orderId), 5, [tap, tap, tap, tap, tap]);
    expect(said.map((each) => each.ok && each.isNew).filter(Boolean)).toHaveLength(1);
    expect(said.every(({ ok }) => ok)).toBe(true);
    await carryOutRefunds(db, payments, orderId);
    expect((await standingOf(db, orderId)).refunds).toMatchObject([{ fen: 2_990 }]);
    await isSound();
  });

  test("an answer and the end of its day: one of them counts, and nothing is given twice", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, line }));
    const now = hoursAfter(new Date(), 24.01);
    const [answered, lapsed] = await raceBehind<{ ok: boolean; lapsed?: number }>(
      ...[db, orderRow(orderId), 2],
      [
        () => answerClaim(db, line.scope, { claimId, answer: accept, now }),
        () => lapseClaims(db, { now }),
      ],
    );
    const { state } = await claimRow(db, claimId);
    expect([answered?.ok, lapsed?.lapsed, state]).toEqual(
      answered?.ok ? [true, 0, "settled"] : [false, 1, "escalated"],
    );
    await carryOutRefunds(db, payments, orderId);
    await isSound();
  });

  test("an offer of the last moment waits for the buyer, though the end of the day stood behind it", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, line }));
    const now = hoursAfter(new Date(), 24.01);
    const answer = { kind: "offer", fen: 700, fault: "farm", reason: "一部分" } as const;
    const both: Promise<unknown>[] = [];
    await db.transaction().execute(async (trx) => {
      await orderRow(orderId).execute(trx);
      both.push(answerClaim(db, line.scope, { claimId, answer, now }));
      await waitUntilBlocked(db, 1);
      both.push(lapseClaims(db, { now }));
      await waitUntilBlocked(db, 2);
    });
    expect(await Promise.all(both)).toEqual([
      { ok: true, isNew: true },
      { ok: true, lapsed: 0 },
    ]);
    expect(await claimRow(db, claimId)).toMatchObject({ state: "offered" });
  });

  test("the buyer takes an offer and has it escalated: one of both", async () => {
    const { db } = database;
    const { orderId, line, buyer, number, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, buyer, number, line }));
    const answer = { kind: "offer", fen: 700, fault: "farm", reason: "一部分" } as const;
    await answerClaim(db, line.scope, { claimId, answer });
    const reply = (kind: "take" | "escalate") => () =>
      replyToAnswer(db, buyer, { number, claimId, kind });
    const said = await raceBehind(db, orderRow(orderId), 2, [reply("take"), reply("escalate")]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    await isSound();
  });

  test("a claim's money and a refund of all that is left never come to more than was paid", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, line }, { percent: 100 }));
    const of = { kind: "line", orderLineId: line.lineId } as const;
    const said = await raceBehind<{ ok: boolean; reason?: string }>(...[db, orderRow(orderId), 2], [
      () => answerClaim(db, line.scope, { claimId, answer: accept }),
      () => refundParcel(db, line.scope, { parcelId: line.parcelId, of, clientKey: "all" }),
    ]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    const { refunds } = await standingOf(db, orderId);
    expect(refunds.reduce((sum, { fen }) => sum + fen, 0)).toBe(5_980);
    await carryOutRefunds(db, payments, orderId);
    await isSound();
  });

  test("two forms for one line are one claim", async () => {
    const { db } = database;
    const { orderId, line, ...order } = await makeDelivered();
    const send = () => makeClaim(db, { ...order, orderId, line });
    const sent = await raceBehind(db, orderRow(orderId), 2, [send, send]);
    expect(sent.map((each) => (each.ok ? "ok" : each.reason)).sort()).toEqual([
      "line-claimed",
      "ok",
    ]);
  });
});

test("what was offered and has been given back since is not given twice", async () => {
  const { db } = database;
  const { orderId, line, buyer, number, ...order } = await makeDelivered();
  const claimId = claimIdOf(await makeClaim(db, { ...order, orderId, buyer, number, line }));
  const answer = { kind: "offer", fen: 2_000, fault: "farm", reason: "一部分" } as const;
  await answerClaim(db, line.scope, { claimId, answer });
  const of = { kind: "amount", orderLineId: line.lineId, fen: 5_000 } as const;
  await refundParcel(db, line.scope, { parcelId: line.parcelId, of, clientKey: "most" });
  expect(await replyToAnswer(db, buyer, { number, claimId, kind: "take" })).toEqual({
    ...{ ok: true, isNew: true },
  });
  expect(await claimRow(db, claimId)).toMatchObject({ state: "settled", grantedFen: 980 });
  await carryOutRefunds(db, payments, orderId);
  await isSound();
});
