import type { Transaction } from "kysely";
import { type Posting, postTransaction } from "#app/domain/ledger/post.ts";
import { salePostings } from "#app/domain/ledger/sale-postings.ts";
import { MADE_UP } from "#app/domain/payments/made-up.ts";
import type { DB } from "#db/schema.d.ts";
import type { SeedOrder } from "./order-plans.ts";
import { LATER_MS, paidAt } from "./order-rows.ts";

/**
 * Where the seed's money is: no Stripe ever took it. So it does not stand on `stripe:clearing`,
 * which is to be Stripe's balance to the fen and which `npm run reconcile` compares, until the
 * sandbox takes the payments over (take-over.ts): the seed itself knows of no sandbox, and Stripe's
 * own test mode cannot be given a past. An account of its own hides nothing (the operator sees it
 * in the trial balance) and needs no rule that leaves payments out.
 */
function postingsOf(order: SeedOrder): Posting[] {
  const postings = salePostings({
    freight: order.parcels.map(({ cooperative, freightFen }) => ({
      cooperativeSlug: cooperative.slug,
      freightFen,
    })),
    lines: order.parcels.flatMap(({ cooperative, lines }) =>
      lines.map((line) => ({
        orderLineId: line.id,
        cooperativeSlug: cooperative.slug,
        feeFen: line.feeFen,
        allocations: line.allocations.map(({ fen, lot }) => ({
          fen,
          reliefAccountId: lot.household.reliefAccountId,
          reliefAccountCode: lot.household.reliefAccountCode,
        })),
      })),
    ),
  });
  return postings.map((posting) =>
    posting.account === "stripe:clearing" ? { ...posting, account: MADE_UP } : posting,
  );
}

/** What is given back: everything, or all that the order's first line brought in. */
function refundPostings(order: SeedOrder, sale: readonly Posting[]): Posting[] {
  if (order.status === "refunded")
    return sale.map((posting) => ({ ...posting, fen: -posting.fen }));
  const lineId = order.parcels[0]?.lines[0]?.id;
  const back = sale
    .filter((posting) => posting.orderLineId === lineId)
    .map((posting) => ({ ...posting, fen: -posting.fen }));
  const total = back.reduce((sum, posting) => sum + posting.fen, 0);
  return [{ account: MADE_UP, fen: -total }, ...back];
}

/**
 * Posts the sale of every paid order, the refunds of those given back, and the withdrawal of a
 * disputed one, through the ledger's own door.
 */
export async function postOrders(
  trx: Transaction<DB>,
  orders: readonly SeedOrder[],
): Promise<void> {
  const refunds = await trx.selectFrom("refunds").select(["id", "order_id"]).execute();
  const refundOf = new Map(refunds.map(({ id, order_id }) => [order_id, id]));
  for (const order of orders) {
    if (!order.isPaid) continue;
    const sale = postingsOf(order);
    const cause = { causeType: "order", causeId: order.id } as const;
    await postTransaction(trx, {
      ...cause,
      kind: "sale",
      idempotencyKey: `sale:${order.id}`,
      occurredAt: paidAt(order),
      postings: sale,
    });
    const later = new Date(paidAt(order).getTime() + LATER_MS);
    const refundId = refundOf.get(order.id);
    if (refundId) {
      await postTransaction(trx, {
        causeType: "refund",
        causeId: refundId,
        kind: "refund",
        idempotencyKey: `refund:${refundId}`,
        occurredAt: later,
        postings: refundPostings(order, sale),
      });
    }
    if (order.status === "disputed") {
      const fen = order.produceFen + order.freightFen;
      await postTransaction(trx, {
        ...cause,
        kind: "dispute",
        idempotencyKey: `dispute:${order.id}`,
        occurredAt: later,
        postings: [
          { account: MADE_UP, fen: -fen },
          { account: "dispute:withdrawn", fen },
        ],
      });
    }
  }
}
