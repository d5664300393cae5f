import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { answerClaim } from "#app/domain/claims/answer-claim.ts";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { sayShort } from "#app/domain/parcels/say-short.ts";
import { weighLine } from "#app/domain/parcels/weigh-line.ts";
import { keepRefund } from "#app/domain/payments/keep-refund.ts";
import { settleCharge } from "#app/domain/payments/settle-charge.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { takeBackTransfer } from "#app/domain/payments/take-back-transfer.ts";
import { bouncePayout } from "#app/domain/payouts/bounce-payout.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { approveReversal } from "#app/domain/payouts/reversals/approve-reversal.ts";
import { askReversal } from "#app/domain/payouts/reversals/ask-reversal.ts";
import { readReversal } from "#app/domain/payouts/reversals/read-reversal.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { claimIdOf, deliver, makeClaim } from "./claims.ts";
import { settleDisputed } from "./disputes.ts";
import { takeOverSeeded } from "./made-up.ts";
import { sendLater } from "./parted-parcel.ts";
import { carryOutRefunds, makeCheckout, makePaidCheckout, refusingForGood } from "./payments.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { type MadeListing, makeListing } from "./produce.ts";
import { fillAndRelease } from "./reserves.ts";
import { colleagueOf, coopScope, operatorScope } from "./scopes.ts";
import { bookLines, loseCharges } from "./stripe-lines.ts";
import { replaceSome } from "./substitutions.ts";
import { makeShortOfCalledOff, makeTransfer } from "./transfers.ts";
import { makeLostCharge } from "./unmatched.ts";

type Market = { db: Kysely<DB>; payments: TestPayments };
type Paid = Awaited<ReturnType<typeof makePaidCheckout>>;

const operator = operatorScope({ userId: "operator" });

const lineOf = ({ lines }: Paid, index = 0) => {
  const line = lines[index];
  if (!line) throw new Error("no line");
  return line;
};

/** Asked back of an order's first parcel; carried out unless it only waits. */
async function give({ db, payments }: Market, order: Paid, fen: number, isWaiting = false) {
  const { scope, parcelId } = lineOf(order);
  const of = { kind: "amount", fen } as const;
  const asked = await refundParcel(db, scope, { parcelId, of, clientKey: `give-${fen}` });
  if (!asked.ok) throw new Error(asked.reason);
  if (!isWaiting) await carryOutRefunds(db, payments, order.orderId);
}

/** The bank sends an order's only refund back. */
async function sendBack({ db }: Market, { orderId }: Paid) {
  const row = db.selectFrom("refunds").select(["id", "stripe_refund_id as stripeId"]);
  const { id, stripeId } = await row.where("order_id", "=", orderId).executeTakeFirstOrThrow();
  await keepRefund(db, { id, orderId }, { id: stripeId, status: "failed" });
}

/** A parcel of it is called off, and Stripe will not give its money back. */
async function oweFor({ db, payments }: Market, order: Paid, index: number) {
  const { scope, parcelId } = lineOf(order, index);
  const off = await cancelParcel(db, scope, { parcelId, reason: "spoiled" });
  if (!off.ok) throw new Error(off.reason);
  await carryOutRefunds(db, refusingForGood(payments), order.orderId);
}

/** Its cooperative gives half of its first line back, and bears it itself or not. */
async function claimFor({ db, payments }: Market, order: Paid, fault: "farm" | "carrier") {
  const line = lineOf(order);
  await deliver(db, line.scope, line.parcelId);
  const claimId = claimIdOf(await makeClaim(db, { ...order, line }));
  const answer = { kind: "accept", fault, reason: "spoiled" } as const;
  const answered = await answerClaim(db, line.scope, { claimId, answer });
  if (!answered.ok) throw new Error(answered.reason);
  await carryOutRefunds(db, payments, order.orderId);
}

/** One unit of its first line is short; and the first line of the other weighs too little, once more. */
async function giveForBoxes({ db, payments }: Market, lacking: Paid, light: Paid) {
  const of = (order: Paid) => {
    const { scope, parcelId, lineId: orderLineId } = lineOf(order);
    return { scope, asked: { parcelId, orderLineId, clientKey: uuidv7() } };
  };
  const { scope, asked } = of(lacking);
  const short = await sayShort(db, scope, { ...asked, quantity: 1, reason: "spoiled" });
  if (!short.ok) throw new Error(short.reason);
  for (const actualGrams of [4_900, 5_000, 4_800]) {
    const line = of(light);
    const weighed = await weighLine(db, line.scope, { ...line.asked, actualGrams });
    if (!weighed.ok) throw new Error(weighed.reason);
  }
  for (const { orderId } of [lacking, light]) await carryOutRefunds(db, payments, orderId);
}

/** One unit of its first line is sent later. */
async function sendInParts({ db }: Market, order: Paid) {
  const { scope, parcelId, lineId: orderLineId } = lineOf(order);
  const split = await sendLater(db, scope, parcelId, { orderLineId, units: 1, shownUnits: 2 });
  if (!split.ok) throw new Error(split.reason);
}

/** Paid, but not what it costs; its payment's id. */
async function putAside({ db, payments }: Market, listing: MadeListing): Promise<string> {
  const odd = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  await payments.pay(odd.url);
  await sql`update orders set produce_fen = produce_fen + 1, total_fen = total_fen + 1
    where id = ${odd.orderId}`.execute(db);
  await settlePayment(db, payments.gateway, odd);
  const row = db.selectFrom("payments").select("id").where("order_id", "=", odd.orderId);
  return (await row.executeTakeFirstOrThrow()).id;
}

async function payOut({ db }: Market, cooperativeId: string) {
  const scope = coopScope({ userId: "manager", cooperativeId });
  const run = await prepareRun(db, scope, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  await confirmRun(db, colleagueOf(scope), run);
  return { scope, runId: run.runId };
}

/** A run is taken back as a whole: its bank refused the file. */
async function takeBack({ db }: Market, { scope, runId }: Awaited<ReturnType<typeof payOut>>) {
  await askReversal(db, scope, { runId, reason: "bank-refused", note: "" });
  const { openFen: shownFen } = await readReversal(db, scope, runId);
  const done = await approveReversal(db, colleagueOf(scope), { runId, shownFen });
  if (!done.ok) throw new Error(done.reason);
}

/**
 * Money moved in every way there is, between two households of one cooperative and one of another:
 * sales; refunds given, sent back by the bank, refused, asked for; a payment put aside, with a part of it
 * paid back; what is owed for parcels called off, transfers for it, one taken back, one of an order that was
 * given back by hand as well; disputes lost, won, open, of a sale, of one that was not sent yet, of a payment
 * put aside, and lost ones that count for a refund asked for and for one that had failed; payouts, one
 * returned, a run taken back, and one after a refund that left an account below zero; payments of no order,
 * with a refund, one that came back, a dispute; claims, one of which its cooperative bears; its reserve; goods
 * short, light, replaced and sent in parts; the seed's payments; what Stripe moves by itself; an order not paid.
 */
export async function moveAllMoney(market: Market): Promise<void> {
  const { db, payments } = market;
  const cooperative = await makeCooperative(db, { slug: "aa" });
  const mine = await makeHousehold(db, { cooperative, reliefCode: "LS-000123" });
  const hers = await makeHousehold(db, { cooperative, reliefCode: "LS-000207" });
  const far = await makeHousehold(db, {
    cooperative: await makeCooperative(db, { slug: "bb" }),
    reliefCode: "LS-000301",
  });
  await sql`update households set bank_account_name = 'a', bank_name = 'b',
    bank_account_number = '6222021234567890123'`.execute(db);
  const lots = [
    { household: mine, quantity: 1 },
    { household: hers, quantity: 30 },
  ];
  const listing = await makeListing(db, { lots: [{ household: mine, quantity: 30 }] });
  const pooled = await makeListing(db, { lots });
  const other = await makeListing(db, { lots: [{ household: far, quantity: 30 }] });
  const buy = (...of: MadeListing[]) =>
    makePaidCheckout(
      db,
      payments,
      of.map((each) => ({ listing: each, quantity: 2 })),
    );

  // An empty market is seeded, no other.
  await takeOverSeeded(market, { refunded: await buy(other), disputed: await buy(other) });
  const sold = await buy(listing, other);
  await give(market, sold, 700);
  await sendBack(market, sold);
  await give(market, sold, 1_000);
  await payOut(market, cooperative.id);
  await give(market, sold, 1_300);
  await buy(pooled);
  const { scope, runId } = await payOut(market, cooperative.id);
  const paid = db.selectFrom("payouts").select("id").where("payout_run_id", "=", runId);
  const { id: payoutId } = await paid.executeTakeFirstOrThrow();
  await bouncePayout(db, scope, { runId, payoutId, reason: "account-closed" });
  await prepareRun(db, scope, { clientKey: uuidv7() });
  await takeBack(market, await payOut(market, far.cooperativeId));

  const off = await buy(listing, other);
  await oweFor(market, off, 0);
  const owedFor = { orderNumber: off.number };
  const wrong = await makeTransfer(db, { owedFor, fen: 900, reference: "ICBC-1" });
  await takeBackTransfer(db, operator, { refundId: wrong, fault: "transfer-returned" });
  await makeTransfer(db, { owedFor, fen: 1_100, reference: "ICBC-2" });

  const aside = await putAside(market, listing);
  await makeTransfer(db, { owedFor: { paymentId: aside }, fen: 500, reference: "ICBC-3" });
  await settleCharge(db, payments.gateway, await lostCharge(payments));

  const dispute = (
    of: { orderId: string },
    fen: number,
    status: "lost" | "won" | "needs_response",
    feeFen = 0,
  ) => {
    const id = `dp_${of.orderId}`;
    return settleDisputed(db, payments, { orderId: of.orderId, fen, status, id, feeFen });
  };
  await dispute(await buy(listing), 3_000, "lost");
  await dispute(await buy(listing), 3_000, "won");
  const asked = await buy(listing);
  await give(market, asked, 900, true);
  await dispute(asked, 400, "lost");
  const promised = await buy(listing);
  await give(market, promised, 800);
  await sendBack(market, promised);
  await dispute(promised, 1_200, "lost");
  await dispute(await buy(listing), 3_000, "needs_response");
  const unsent = await buy(pooled);
  await dispute(unsent, unsent.totalFen, "lost", 1_500);
  const turned = await buy(listing);
  await dispute(turned, turned.totalFen, "lost");
  await dispute(turned, turned.totalFen, "won");
  const lostAside = await putAside(market, listing);
  const { order_id: orderId, fen } = await db
    .selectFrom("payments")
    .select(["order_id", "fen"])
    .where("id", "=", lostAside)
    .executeTakeFirstOrThrow();
  await dispute({ orderId }, fen - 1, "lost");

  await fillAndRelease(db, lineOf(await buy(pooled)));
  await claimFor(market, await buy(pooled), "carrier");
  await claimFor(market, await buy(listing), "farm");

  await giveForBoxes(market, await buy(listing), await buy(listing));

  const cheap = await makeListing(db, { lots: [{ household: hers, quantity: 5 }] });
  await sql`update listings set price_fen = 2000 where id = ${cheap.id}`.execute(db);
  await replaceSome(market, [await buy(pooled), await buy(listing)], cheap);

  await loseCharges(market);
  await bookLines(market);

  await give(market, await buy(listing), 400, true);
  await makeShortOfCalledOff(market, await buy(listing), 280);
  await sendInParts(market, await buy(pooled));
  await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  // What is asked of it next is planned by what is there.
  await sql`analyze`.execute(db);
}

async function lostCharge(payments: TestPayments) {
  const lost = await makeLostCharge(payments);
  await payments.stripe.refunds.create({ charge: lost.chargeId, amount: 1_000 });
  return lost;
}
