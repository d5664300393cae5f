import { beforeEach, describe, expect, test } from "vitest";
import { booksOf } from "#tests/factories/look.ts";
import { changingRefunds } from "#tests/factories/payments.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { openTwoBoxesMarket, type TwoBoxesMarket } from "#tests/setup/two-boxes-market.ts";
import { readTroubledRefunds } from "../operations/read-troubled-refunds.ts";
import { decideFailed } from "./decide-failed.ts";
import { readFailedByHand } from "./read-failed.ts";
import { settleRefunds } from "./settle-refunds.ts";

const operator = operatorScope({ userId: "operator" });
let market: TwoBoxesMarket["market"];
let boxes: TwoBoxesMarket["boxes"];
beforeEach(async () => {
  const opened = await openTwoBoxesMarket();
  ({ market, boxes } = opened);
  return opened.close;
});

/** Somebody gives by hand; her bank sends it back, and only then is anything heard of it. */
async function failUnheard(fen: number): Promise<string> {
  const { gateway, stripe } = market.payments;
  const { chargeId } = boxes;
  const made = await stripe.refunds.create({ charge: chargeId, amount: fen });
  const failedAt = new Date(Date.now() + 60_000);
  const failed = { status: "failed", failure: "declined", failedAt } as const;
  const failing = changingRefunds(gateway, ({ id }) => (id === made.id ? failed : {}));
  for (const _look of [1, 2]) {
    const settled = await settleRefunds(market.db, failing, { chargeId });
    expect(settled).toMatchObject({ ok: true, outcome: "settled" });
  }
  const row = market.db.selectFrom("refunds").select("id").where("stripe_refund_id", "=", made.id);
  return (await row.executeTakeFirstOrThrow()).id;
}

const troubles = async () =>
  (await readTroubledRefunds(market.db, operator, { limit: 9 })).rows.map(
    ({ fen, owedFen, isUndecided }) => ({ fen, owedFen, isUndecided }),
  );
const decide = (refundId: string, decision: "keep" | "leave") =>
  decideFailed(market.db, operator, { refundId, decision });
const told = async () =>
  (
    await market.db
      .selectFrom("messages")
      .select("template")
      .where("template", "like", "refund%")
      .execute()
  ).map(({ template }) => template);
const stateOf = async (id: string) => (await readFailedByHand(market.db, operator, id))?.state;

describe("a refund given by hand that failed before the market heard of it", () => {
  test("promises nothing to anybody, and waits for the operator", async () => {
    const before = await booksOf(market.db);
    const id = await failUnheard(1_000);
    expect(await booksOf(market.db)).toEqual(before);
    expect(await boxes.owed()).toBe(0);
    expect((await boxes.view())?.refunds).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await troubles()).toEqual([{ fen: 1_000, owedFen: 0, isUndecided: true }]);
    expect(await stateOf(id)).toBe("open");
  });

  test("is owed to the buyer once the operator says that it was meant for her, and she is told", async () => {
    const id = await failUnheard(1_000);
    expect(await decide(id, "keep")).toEqual({ ok: true, isNew: true });
    expect(await decide(id, "leave")).toEqual({ ok: true, isNew: false });
    expect(await boxes.owed()).toBe(1_000);
    expect(await troubles()).toEqual([{ fen: 1_000, owedFen: 1_000, isUndecided: false }]);
    expect(await told()).toEqual(["refund.not-arrived"]);
    expect(await stateOf(id)).toBe("kept");
    expect(await boxes.transfer(1_000)).toMatchObject({ ok: true });
    expect(await boxes.owed()).toBe(0);
  });

  test("is owed beside what is owed to her already", async () => {
    await boxes.promise(700);
    const id = await failUnheard(500);
    expect(await decide(id, "keep")).toMatchObject({ ok: true });
    expect(await boxes.owed()).toBe(1_200);
  });

  test("moves nothing when the operator leaves it, and is off the list", async () => {
    const before = await booksOf(market.db);
    const id = await failUnheard(1_000);
    expect(await decide(id, "leave")).toEqual({ ok: true, isNew: true });
    expect(await decide(id, "keep")).toEqual({ ok: true, isNew: false });
    expect(await booksOf(market.db)).toEqual(before);
    expect(await troubles()).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await stateOf(id)).toBe("left");
    const log = market.db.selectFrom("audit_log").select(["action", "actor_user_id"]);
    expect(await log.where("subject_id", "=", id).execute()).toEqual([
      { action: "refund.promised-to-nobody", actor_user_id: "operator" },
    ]);
  });

  test("is not owed as far as the buyer has the money, or is owed it", async () => {
    const id = await failUnheard(7_000);
    await boxes.promise(600);
    const { chargeId } = boxes;
    await market.payments.stripe.refunds.create({ charge: chargeId, amount: 500 });
    await settleRefunds(market.db, market.payments.gateway, { chargeId });
    const left = { ok: false, reason: "more-than-left", leftFen: 7_580 - 600 };
    expect(await decide(id, "keep")).toEqual(left);
    expect(await troubles()).toContainEqual({ fen: 7_000, owedFen: 0, isUndecided: true });
  });

  test("decided by two at once is decided once", async () => {
    const id = await failUnheard(1_000);
    const both = await Promise.all([decide(id, "keep"), decide(id, "keep")]);
    expect(both.map((each) => each.ok && each.isNew).sort()).toEqual([false, true]);
    expect(await boxes.owed()).toBe(1_000);
  });
});

test("a refund that was heard of before it failed is none to decide about", async () => {
  await boxes.promise(700);
  const { id } = await market.db.selectFrom("refunds").select("id").executeTakeFirstOrThrow();
  expect(await decide(id, "leave")).toEqual({ ok: false, reason: "not-found" });
  expect(await decide("nothing", "leave")).toEqual({ ok: false, reason: "not-found" });
  expect(await stateOf(id)).toBeUndefined();
});
