import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openTwoBoxesMarket, type TwoBoxesMarket } from "#tests/setup/two-boxes-market.ts";
import { verifyWithin } from "../ledger/verify-ledger.ts";
import { refundPayment } from "./refund-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";

let market: TwoBoxesMarket["market"];
let boxes: TwoBoxesMarket["boxes"];
beforeEach(async () => {
  const opened = await openTwoBoxesMarket();
  ({ market, boxes } = opened);
  return opened.close;
});

describe("a refund that was on its way to Stripe when the bank's verdict came", () => {
  const settle = () =>
    settleRefunds(market.db, market.payments.gateway, { chargeId: boxes.chargeId });

  test.each(["heard", "lost"])(
    "is Stripe's, its answer %s: the bank's is the market's loss",
    async (answer) => {
      const { db, payments } = market;
      const refundId = await boxes.ask(1_000);
      const overtaken = {
        ...payments.gateway,
        refund: async (asked: Parameters<typeof payments.gateway.refund>[0]) => {
          const given = await payments.gateway.refund(asked);
          await boxes.dispute(1_000, "lost");
          return answer === "heard"
            ? given
            : { ok: false as const, reason: "payments-unavailable" as const };
        },
      };
      await refundPayment(db, overtaken, { refundId });
      await settle();
      await settle();
      expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
      expect(await boxes.lossOf()).toBe(1_000);
      await boxes.dispute(1_000, "lost");
      expect(await boxes.lossOf()).toBe(1_000);
      await boxes.dispute(1_000, "won");
      expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
      expect(await boxes.lossOf()).toBe(0);
    },
  );

  test("is Stripe's, of which the bank gave a part: its rest is asked for no more", async () => {
    const { db, payments } = market;
    const refundId = await boxes.ask(1_000);
    const overtaken = {
      ...payments.gateway,
      refund: async (asked: Parameters<typeof payments.gateway.refund>[0]) => {
        const given = await payments.gateway.refund(asked);
        await boxes.dispute(400, "lost");
        return given;
      },
    };
    await refundPayment(db, overtaken, { refundId });
    expect(await boxes.refunds()).toEqual(["1000 succeeded goods"]);
    expect(await boxes.lossOf()).toBe(400);
  });
});

test("two looks at once, and a transfer beside them, give the buyer the same money once", async () => {
  await boxes.promise(1_000);
  const lock = sql`select id from orders where id = ${boxes.order.orderId} for update`;
  const [, , booked] = await raceBehind<unknown>(market.db, lock, 3, [
    () => boxes.dispute(1_000, "lost"),
    () => boxes.dispute(1_000, "lost"),
    () => boxes.transfer(1_000),
  ]);
  const isBooked = (booked as { ok: boolean }).ok;
  const how = isBooked ? "by-transfer" : "by-bank";
  expect(await boxes.refunds()).toEqual(["1000 failed goods", `1000 succeeded ${how}`]);
  expect([await boxes.owed(), await boxes.lossOf()]).toEqual([0, isBooked ? 1_000 : 0]);
});

test("what a bank is said to have given beyond what it took, the ledger's judge names", async () => {
  await boxes.promise(1_000);
  await boxes.dispute(1_000, "lost", "dp_1");
  await boxes.dispute(100, "lost", "dp_2");
  const forged = await market.db
    .transaction()
    .execute(async (trx) => {
      await sql`update refunds set dispute_id = (select id from disputes
        where stripe_dispute_id = 'dp_2') where dispute_id is not null`.execute(trx);
      const { differences } = await verifyWithin(trx);
      throw Object.assign(new Error("undo"), { kinds: differences.map(({ kind }) => kind) });
    })
    .catch((error: Error & { kinds?: string[] }) => error.kinds);
  expect(forged).toContain("refund-differs");
});
