import { beforeEach, describe, expect, test } from "vitest";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import type { makeBuyer } from "#tests/factories/orders.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { cancelOrder } from "./cancel-order.ts";
import { refundPayment } from "./refund-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeEach(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  return async () => {
    await payments.close();
    await database.drop();
  };
});

const stock = (...listings: MadeListing[]) =>
  stockOf(
    database.db,
    listings.flatMap((listing) => listing.lotIds),
  );
const cancel = ({ buyer, number }: { buyer: ReturnType<typeof makeBuyer>; number: string }) =>
  cancelOrder(database.db, payments.gateway, buyer, { number, withRefund: true });

/** A paid order of one listing of each of `count` cooperatives. */
async function makePaid(count = 1) {
  const listings: MadeListing[] = [];
  for (let made = 0; made < count; made++) listings.push(await makeListing(database.db));
  const items = listings.map((listing) => ({ listing, quantity: 2 }));
  return { ...(await makePaidCheckout(database.db, payments, items)), listings };
}

describe("cancelling an order of which a part went back", () => {
  test("gives back the rest, and says so when that was refused", async () => {
    const order = await makePaid(2);
    const [off] = order.lines;
    if (!off) throw new Error("no line");
    await cancelParcel(database.db, off.scope, { parcelId: off.parcelId, reason: "冰雹" });
    await carryOutRefunds(database.db, payments, order.orderId);
    expect((await standingOf(database.db, order.orderId)).status).toBe("partly-refunded");
    const rest = { ok: true, number: order.number, refundFen: order.totalFen / 2 };
    for (let turn = 0; turn < 2; turn++) expect(await cancel(order)).toEqual(rest);
    expect((await standingOf(database.db, order.orderId)).status).toBe("cancelled");
    expect(await stock(...order.listings)).toEqual({ available: 20, held: 0, sold: 0 });

    const refunds = (await standingOf(database.db, order.orderId)).refunds;
    const refusing = {
      ...payments.gateway,
      refund: async () => ({
        ok: false as const,
        reason: "refund-refused" as const,
        code: "payment_intent_unexpected_state",
      }),
    };
    await refundPayment(database.db, refusing, { refundId: refunds.at(-1)?.id ?? "" });
    expect(await cancel(order)).toEqual({ ok: false, reason: "refund-failed" });

    const again = { parcelId: order.lines[1]?.parcelId ?? "", of: { kind: "all" } } as const;
    const scope = order.lines[1]?.scope ?? off.scope;
    await refundParcel(database.db, scope, { ...again, clientKey: "again" });
    await carryOutRefunds(database.db, payments, order.orderId);
    expect(await cancel(order)).toMatchObject({ ok: true });
    expect((await standingOf(database.db, order.orderId)).status).toBe("refunded");
    expect(await booksOf(database.db)).toEqual({});
  });

  test("answers with what it gives back once more after a part, then all of it, was given by hand", async () => {
    const order = await makePaid();
    const { orderId, number, totalFen } = order;
    const cancelled = { ok: true, number, refundFen: totalFen };
    expect(await cancel(order)).toEqual(cancelled);
    const refused = { ok: false, reason: "refund-refused", code: "balance_insufficient" } as const;
    const gateway = { ...payments.gateway, refund: async () => refused };
    await carryOutRefunds(database.db, { ...payments, gateway }, orderId);
    const { chargeId } = await database.db
      .selectFrom("payments")
      .select((eb) => eb.ref("charge_id").$notNull().as("chargeId"))
      .where("order_id", "=", orderId)
      .executeTakeFirstOrThrow();
    for (const amount of [1_000, 500, totalFen - 1_500]) {
      await payments.stripe.refunds.create({ charge: chargeId, amount });
      await settleRefunds(database.db, payments.gateway, { chargeId });
      expect(await cancel(order)).toEqual(cancelled);
    }
    expect((await standingOf(database.db, orderId)).status).toBe("refunded");
  });

  test("is not cancelled once a cooperative has begun", async () => {
    const order = await makePaid();
    const [line] = order.lines;
    if (!line) throw new Error("no line");
    const of = { kind: "amount", fen: 100 } as const;
    const { parcelId, scope } = line;
    await refundParcel(database.db, scope, { parcelId, of, clientKey: "form" });
    await carryOutRefunds(database.db, payments, order.orderId);
    await acceptParcel(database.db, scope, { parcelId });
    expect(await cancel(order)).toMatchObject({ reason: "order-not-cancellable" });
    expect((await standingOf(database.db, order.orderId)).refunds).toHaveLength(1);
  });
});
