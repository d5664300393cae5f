import { beforeEach, expect, test } from "vitest";
import { booksOf } from "#tests/factories/look.ts";
import { fillCart, makeAddress, makeBuyer, orderCart } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { openBank } from "#tests/model/bank.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { openCheckout } from "./open-checkout.ts";
import { refundPayment } from "./refund-payment.ts";
import { settleDispute } from "./settle-dispute.ts";
import { settlePayment } from "./settle-payment.ts";
import { settleRefunds } from "./settle-refunds.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

/** What each of two cooperatives sells at another price. */
async function makeTwo() {
  const make = async (slug: string, reliefCode: string, priceFen: number) => {
    const { db } = market;
    const household = await makeHousehold(db, {
      cooperative: await makeCooperative(db, { slug }),
      reliefCode,
    });
    return makeListing(db, { lots: [{ household, quantity: 9 }], priceFen });
  };
  return [await make("aa", "LS-000001", 2_990), await make("bb", "LS-000002", 1_777)] as const;
}
/** CNY 59.80 and 8.00 of freight, less 6 %: nothing of bb's goods. */
const OF_AA = { "relief:LS-000001": -5_622, "coop-fee:aa": -358, "freight:aa": -800 };
const refundIds = async () =>
  (
    await market.db.selectFrom("refunds").select("id").where("status", "=", "requested").execute()
  ).map(({ id }) => id);

/** Two of each, paid; bb's parcel is called off, and its money asked back. */
async function callOff() {
  const { db, payments } = market;
  const [aa, bb] = await makeTwo();
  const items = [aa, bb].map((listing) => ({ listing, quantity: 2 }));
  const { orderId, lines } = await makePaidCheckout(db, payments, items);
  const [, line] = lines;
  if (!line) throw new Error("the order has no second line");
  await cancelParcel(db, line.scope, { parcelId: line.parcelId, reason: "霜冻" });
  const [refundId = ""] = await refundIds();
  const paid = db.selectFrom("payments").select("charge_id").where("order_id", "=", orderId);
  const chargeId = (await paid.executeTakeFirstOrThrow()).charge_id ?? "";
  return { refundId, chargeId };
}

test.each([
  { was: "refused for now", isRefused: true },
  { was: "not asked for yet", isRefused: false },
])(
  "what was $was and then given at Stripe by hand is given once, whoever looks first",
  async ({ isRefused }) => {
    for (const isRetryFirst of [true, false]) {
      const { db, payments } = await reopen();
      const { gateway } = payments;
      const { refundId, chargeId } = await callOff();
      const refused = {
        ok: false,
        reason: "refund-refused",
        code: "balance_insufficient",
      } as const;
      if (isRefused)
        await refundPayment(db, { ...gateway, refund: async () => refused }, { refundId });
      await payments.stripe.refunds.create({ charge: chargeId, amount: 4_354 });
      const looks = [
        () => settleRefunds(db, gateway, { chargeId }),
        () => refundPayment(db, gateway, { refundId }),
      ];
      if (isRetryFirst) looks.reverse();
      for (const look of [...looks, ...looks]) expect(await look()).toMatchObject({ ok: true });
      expect(await payments.stripe.charges.retrieve(chargeId)).toMatchObject({
        amount_refunded: 4_354,
      });
      expect(await booksOf(db)).toEqual({ ...OF_AA, "stripe:clearing": 6_780 });
      expect((await verifyLedger(db)).differences).toEqual([]);
    }
  },
);

async function reopen(): Promise<PayingMarket> {
  await market.drop();
  market = await openPayingMarket();
  return market;
}

test("what Stripe is being asked for is not taken for what somebody gave by hand meanwhile", async () => {
  const { db, payments } = market;
  const { refundId, chargeId } = await callOff();
  const lost: typeof payments.gateway = {
    ...payments.gateway,
    async refund(asked) {
      await payments.stripe.refunds.create({ charge: chargeId, amount: 4_354 });
      await settleRefunds(db, payments.gateway, { chargeId });
      return payments.gateway.refund(asked);
    },
  };
  expect(await refundPayment(db, lost, { refundId })).toMatchObject({ status: "succeeded" });
  await settleRefunds(db, payments.gateway, { chargeId });
  // Somebody gave it in the same second: both are told, and neither is lost.
  expect(await payments.stripe.charges.retrieve(chargeId)).toMatchObject({
    amount_refunded: 8_708,
  });
  const kept = await db.selectFrom("refunds").select(["fen", "status", "reason"]).execute();
  expect(kept).toHaveLength(2);
  expect((await verifyLedger(db)).differences).toEqual([]);
});

/**
 * A refund that its bank sent back is owed to the buyer; a dispute of the payment is won, and what
 * is owed given by hand, before anybody has looked. What the market does about it, in this order.
 */
async function lookAt(order: "refunds first" | "dispute first") {
  const { db } = market;
  const bank = openBank(() => new Date());
  const { gateway } = bank;
  await makeAddress(db);
  const [aa, bb] = await makeTwo();
  const buyer = makeBuyer();
  await fillCart(
    db,
    buyer,
    [aa, bb].map((listing) => ({ listing, quantity: 2 })),
  );
  const { orderId } = await orderCart(db, buyer);
  await openCheckout(db, gateway, buyer, { orderId, publicUrl: "http://shop.test" });
  const page = bank.pageAt(0);
  bank.pay(page, page.fen, "cny");
  const chargeId = `ch_${page.payment?.id}`;
  await settlePayment(db, gateway, { checkoutSessionId: page.id });
  const { cooperativeId } = bb;
  const parcel = db.selectFrom("parcels").select("id").where("cooperative_id", "=", cooperativeId);
  const { id: parcelId } = await parcel.executeTakeFirstOrThrow();
  const scope = coopScope({ userId: "manager", cooperativeId });
  await cancelParcel(db, scope, { parcelId, reason: "霜冻" });
  const carryOut = async () => {
    for (const refundId of await refundIds()) await refundPayment(db, gateway, { refundId });
  };
  bank.answerNextRefund("succeeded");
  await carryOut();
  const disputeId = bank.dispute(page, 500, 0);
  await settleDispute(db, gateway, { disputeId });
  bank.turnRefund(0, "failed");
  await settleRefunds(db, gateway, { chargeId });
  bank.decide(disputeId, "won");
  bank.giveBackByHand(page, 4_354);
  const looks = [
    () => settleRefunds(db, gateway, { chargeId }),
    () => settleDispute(db, gateway, { disputeId }),
  ];
  if (order === "dispute first") looks.reverse();
  for (const look of looks) await look();
  await carryOut();
  for (const look of looks) await look();
  expect((await verifyLedger(db)).differences).toEqual([]);
  return { givenFen: page.givenFen, books: await booksOf(db) };
}

test.each(["refunds first", "dispute first"] as const)(
  "what is owed, given by hand, is given once when a dispute is won as well: %s",
  async (order) => {
    const { givenFen, books } = await lookAt(order);
    expect(givenFen).toBe(4_354);
    expect(books).toEqual({ ...OF_AA, "stripe:clearing": 6_780 });
  },
);
