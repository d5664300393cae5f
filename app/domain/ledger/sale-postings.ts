import type { Posting } from "./post.ts";

/** A paid order as the ledger sees it; all amounts in fen. */
export type Sale = {
  freight: readonly { cooperativeSlug: string; freightFen: number }[];
  lines: readonly {
    orderLineId: string;
    cooperativeSlug: string;
    feeFen: number;
    allocations: readonly { fen: number; reliefAccountId: string; reliefAccountCode: string }[];
  }[];
};

/**
 * How a paid order moves: what Stripe holds for us is debited, and every fen of it is credited to
 * the households' relief accounts (tagged with line and account), to the cooperatives' fees
 * (tagged with the line) and to the freight they collect. Parts of zero fen make no posting. The
 * worked example of the product; sums to zero by construction.
 */
export function salePostings(sale: Sale): Posting[] {
  const credits: Posting[] = [];
  for (const { orderLineId, cooperativeSlug, feeFen, allocations } of sale.lines) {
    for (const { fen, reliefAccountId, reliefAccountCode } of allocations) {
      credits.push({
        account: `relief:${reliefAccountCode}`,
        fen: -fen,
        orderLineId,
        reliefAccountId,
      });
    }
    credits.push({ account: `coop-fee:${cooperativeSlug}`, fen: -feeFen, orderLineId });
  }
  for (const { cooperativeSlug, freightFen } of sale.freight) {
    credits.push({ account: `freight:${cooperativeSlug}`, fen: -freightFen });
  }
  const totalFen = -credits.reduce((sum, posting) => sum + posting.fen, 0);
  return [{ account: "stripe:clearing", fen: totalFen }, ...credits].filter(
    (posting) => posting.fen !== 0,
  );
}
