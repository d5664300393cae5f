import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { refundPayment } from "#app/domain/payments/refund-payment.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import type { DB } from "#db/schema.d.ts";
import { fillCart, makeBuyer, orderCart } from "#tests/factories/orders.ts";
import type { MadeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { openBank, type RefundAnswer } from "./bank.ts";

export type Fact =
  | { what: "by-hand"; fen: number; isAsAsked: boolean }
  | { what: "turns"; which: number }
  | { what: "dispute"; fen: number; end: "won" | "lost" }
  /** One that a bank decides some time, or never; and what it decides of the newest, maybe anew. */
  | { what: "opens"; fen: number }
  | { what: "decides"; end: "won" | "lost" }
  /** The cooperative gives some back, or all that is left or has failed: it has seen what there is. */
  | { what: "asks"; fen: number; isAll: boolean };
export type Story = { asked: "off" | "part" | "all"; answer: RefundAnswer; facts: Fact[] };
/** After which facts the market hears of everything at once, and in which order it looks at last. */
export type Hearing = { heard?: boolean[]; turns: readonly number[] };

export type StoryMarket = { db: Kysely<DB>; listings: [MadeListing, MadeListing] };

/** One order's story at Stripe; then the market looks in this order, and at last at everything. */
export async function live(
  { db, listings }: StoryMarket,
  { asked, answer, facts }: Story,
  { heard, turns: order }: Hearing,
) {
  const bank = openBank(() => new Date());
  const { gateway } = bank;
  const buyer = makeBuyer();
  await fillCart(
    db,
    buyer,
    listings.map((listing) => ({ listing, quantity: 2 })),
  );
  const { orderId } = await orderCart(db, buyer);
  await openCheckout(db, gateway, buyer, { orderId, publicUrl: "http://shop.test" });
  const page = bank.pageAt(0);
  bank.pay(page, page.fen, "cny");
  const chargeId = `ch_${page.payment?.id}`;
  await settlePayment(db, gateway, { checkoutSessionId: page.id });
  const { cooperativeId } = listings[1];
  const { id: parcelId } = await db
    .selectFrom("parcels")
    .select("id")
    .where("order_id", "=", orderId)
    .where("cooperative_id", "=", cooperativeId)
    .executeTakeFirstOrThrow();
  const scope = coopScope({ userId: "manager", cooperativeId });
  const clientKey = uuidv7();
  if (asked === "off") await cancelParcel(db, scope, { parcelId, reason: "霜冻" });
  if (asked === "part")
    await refundParcel(db, scope, { parcelId, of: { kind: "amount", fen: 700 }, clientKey });
  if (asked === "all") await refundParcel(db, scope, { parcelId, of: { kind: "all" }, clientKey });

  const requested = () =>
    db
      .selectFrom("refunds")
      .select(["id", "fen"])
      .where("order_id", "=", orderId)
      .where("status", "=", "requested")
      .orderBy("id")
      .execute();
  const carryOut = async () => {
    for (const { id } of await requested()) await refundPayment(db, gateway, { refundId: id });
  };
  const [first] = await requested();
  bank.answerNextRefund(answer);
  await carryOut();
  bank.answerNextRefund("succeeded");

  const disputes: string[] = [];
  let made = answer === "not-now" ? 0 : 1;
  let takenFen = 0;
  const leftFen = () => page.fen - page.givenFen - takenFen;
  const hear = async () => {
    await settleRefunds(db, gateway, { chargeId });
    for (const disputeId of disputes) await settleDispute(db, gateway, { disputeId });
  };
  for (const [place, fact] of facts.entries()) {
    if (fact.what === "asks") {
      await hear();
      const of = fact.isAll
        ? ({ kind: "all" } as const)
        : ({ kind: "amount", fen: fact.fen } as const);
      const done = await refundParcel(db, scope, { parcelId, of, clientKey: uuidv7() });
      const [sent] = await requested();
      await carryOut();
      if (done.ok && sent) made += 1;
    } else if (fact.what === "by-hand") {
      const most = Math.min(fact.isAsAsked ? (first?.fen ?? fact.fen) : fact.fen, leftFen());
      if (most <= 0 || !bank.isOpenByHand(page)) continue;
      bank.giveBackByHand(page, most);
      made += 1;
    } else if (fact.what === "turns") {
      // Of what was given by hand and failed before anybody here heard of it, nobody was promised anything.
      if (heard && bank.isByHand(fact.which)) await hear();
      if (fact.which < made) bank.turnRefund(fact.which, "failed");
    } else if (fact.what === "opens") {
      disputes.push(bank.dispute(page, fact.fen, 0));
    } else if (fact.what === "decides") {
      const newest = disputes.at(-1);
      if (newest) bank.decide(newest, fact.end);
    } else {
      const most = Math.min(fact.fen, page.fen - takenFen);
      if (most <= 0) continue;
      const id = bank.dispute(page, most, 0);
      bank.decide(id, fact.end);
      if (fact.end === "lost") takenFen += most;
      disputes.push(id);
    }
    if (heard?.[place]) await hear();
  }

  const looks = [
    () => settleRefunds(db, gateway, { chargeId }),
    carryOut,
    ...disputes.map((disputeId) => () => settleDispute(db, gateway, { disputeId })),
  ];
  for (const turn of order) await looks[turn % looks.length]?.();
  for (let round = 0; round < 4; round++) for (const look of looks) await look();

  const { rows: books } = await sql<{ code: string; fen: number }>`
    select a.code, sum(p.fen)::int as fen from ledger_transactions t
    join postings p on p.transaction_id = t.id join ledger_accounts a on a.id = p.account_id
    where t.cause_id = ${orderId}
      or t.cause_id in (select id from refunds where order_id = ${orderId})
      or t.cause_id in (select d.id from disputes d join payments y on y.id = d.payment_id
        where y.order_id = ${orderId})
    group by 1 having sum(p.fen) <> 0 order by 1`.execute(db);
  const { rows: standing } = await sql<{ order: string; payment: string; parcels: string }>`
    select o.status as order, (select status from payments where order_id = o.id) as payment,
      (select string_agg(status, ',' order by cooperative_id) from parcels where order_id = o.id)
        as parcels
    from orders o where id = ${orderId}`.execute(db);
  return { books, standing: standing[0], givenFen: page.givenFen };
}
