/** What a receipt is made of, in fen. */
type Told = {
  produceFen: number;
  freightFen: number;
  totalFen: number;
  refundFen: number;
  lostFen: number;
  keptFen: number;
  refunds: readonly {
    status: string;
    isByBank: boolean;
    parts: readonly { orderLineId: string | null; cooperativeId: string | null; fen: number }[];
  }[];
};

export type ReceiptSums = {
  goods: { paidFen: number; backFen: number };
  freight: { paidFen: number; backFen: number };
  /** Went back and belongs to neither: of a part that names no line and no freight. */
  otherBackFen: number;
  byBankFen: number;
  /** Taken from those who sold, and not with the buyer yet. */
  owedFen: number;
  /** Was paid and stays paid. */
  staysFen: number;
};

/**
 * What was paid for goods and for freight, and what of each went back. The parts sum to the whole:
 * goods + freight − all that went back = what stays. A refund that failed went nowhere; what a bank
 * gave by a dispute is told as its own sum, for it asked nobody which part it was of.
 */
export function receiptSums(order: Told): ReceiptSums {
  const parts = order.refunds
    .filter((refund) => refund.status !== "failed" && !refund.isByBank)
    .flatMap((refund) => refund.parts);
  const sum = (of: typeof parts) => of.reduce((total, part) => total + part.fen, 0);
  const goodsBack = sum(parts.filter((part) => part.orderLineId !== null));
  const freightBack = sum(
    parts.filter((part) => part.orderLineId === null && part.cooperativeId !== null),
  );
  return {
    goods: { paidFen: order.produceFen, backFen: goodsBack },
    freight: { paidFen: order.freightFen, backFen: freightBack },
    otherBackFen: order.refundFen - goodsBack - freightBack,
    byBankFen: order.lostFen,
    owedFen: order.keptFen,
    staysFen: order.totalFen - order.refundFen - order.lostFen - order.keptFen,
  };
}
