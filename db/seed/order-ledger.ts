import type { Transaction } from "kysely";
import { type Posting, postTransaction } from "#app/domain/ledger/post.ts";
import { salePostings } from "#app/domain/ledger/sale-postings.ts";
import type { DB } from "#db/schema.d.ts";
import type { SeedOrder } from "./order-plans.ts";
import { paidAt } from "./order-rows.ts";

const HOUR_MS = 3_600_000;

function postingsOf(order: SeedOrder): Posting[] {
  return salePostings({
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
  return [{ account: "stripe:clearing", fen: -total }, ...back];
}

/**
 * Posts the sale of every paid order, the refunds of those given back, and the withdrawal of a
 * disputed one, through the ledger's own door.
 */
export async function postOrders(
  trx: Transaction<DB>,
  orders: readonly SeedOrder[],
): Promise<void> {
  for (const order of orders) {
    if (!order.isPaid) continue;
    const sale = postingsOf(order);
    const cause = { causeType: "order", causeId: order.id };
    await postTransaction(trx, {
      ...cause,
      kind: "sale",
      idempotencyKey: `sale:${order.id}`,
      occurredAt: paidAt(order),
      postings: sale,
    });
    const later = new Date(paidAt(order).getTime() + 20 * HOUR_MS);
    if (order.status === "refunded" || order.status === "partly-refunded") {
      await postTransaction(trx, {
        ...cause,
        kind: "refund",
        idempotencyKey: `refund:${order.id}`,
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
          { account: "stripe:clearing", fen: -fen },
          { account: "dispute:withdrawn", fen },
        ],
      });
    }
  }
}
