import type { Posting } from "./post.ts";

export type SaleLine = {
  orderLineId: string;
  cooperativeSlug: string;
  feeFen: number;
  allocations: readonly { fen: number; reliefAccountCode: string; reliefAccountId: string }[];
};

export type SaleFreight = { cooperativeSlug: string; freightFen: number };

/**
 * The postings of one paid order, as product.md's worked example has them: all that was paid is
 * debited to `stripe:clearing`; each allocation's share is credited to its household's account,
 * tagged with line and relief account; fees and freight to their cooperatives. Parts of zero fen
 * are left out, for the ledger holds none. Sums to zero. Pure.
 */
export function salePostings(sale: {
  lines: readonly SaleLine[];
  freight: readonly SaleFreight[];
}): Posting[] {
  const credits: Posting[] = [
    ...sale.lines.flatMap((line) => [
      ...line.allocations.map((share) => ({
        account: `relief:${share.reliefAccountCode}`,
        fen: -share.fen,
        orderLineId: line.orderLineId,
        reliefAccountId: share.reliefAccountId,
      })),
      {
        account: `coop-fee:${line.cooperativeSlug}`,
        fen: -line.feeFen,
        orderLineId: line.orderLineId,
      },
    ]),
    ...sale.freight.map((parcel) => ({
      account: `freight:${parcel.cooperativeSlug}`,
      fen: -parcel.freightFen,
    })),
  ].filter((posting) => posting.fen !== 0);
  const paid = credits.reduce((sum, posting) => sum - posting.fen, 0);
  return [{ account: "stripe:clearing", fen: paid }, ...credits];
}
