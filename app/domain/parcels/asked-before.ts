import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { RefundItem, RefundOf } from "../payments/plan-refund.ts";

type Asked = { of: RefundOf; note: string };
type Before = {
  note: string;
  fen: number;
  /** What each line gives back, and freight, which is of no line. */
  given: { orderLineId: string | null; fen: number; unitPriceFen: number }[];
};

/** Line by line what is asked back, and of freight; null where that depends on what is left. */
function itemsOf(of: RefundOf): { items: readonly RefundItem[]; freightFen: number } | null {
  if (of.kind === "items") return of;
  if (of.kind === "quantity") return { items: [of], freightFen: 0 };
  if (of.kind === "freight") return { items: [], freightFen: of.fen };
  if (of.kind !== "amount" || of.orderLineId === undefined) return null;
  return { items: [{ orderLineId: of.orderLineId, fen: of.fen }], freightFen: 0 };
}

/**
 * What a refund that was asked for before gives, in fen, and what its buyer reads; and whether it is
 * just what is asked now: the same words, and of each line and of freight the same money. Whether
 * that was said in sale units or in yuan is the same. Of all, or of a whole line, which is what was
 * left then, only the words are compared. Locks nothing.
 */
export async function readAskedBefore(
  trx: Transaction<DB>,
  refundId: string,
  { of, note }: Asked,
): Promise<{ fen: number; note: string; isSame: boolean }> {
  const { rows } = await sql<Before>`
    select r.note, r.fen, (
      select jsonb_agg(jsonb_build_object('orderLineId', x.id, 'fen', x.fen,
        'unitPriceFen', x.price)) from (
          select l.id, sum(p.fen) as fen, max(l.unit_price_fen) as price
          from refund_parts p left join order_lines l on l.id = p.order_line_id
          where p.refund_id = r.id group by l.id) x) as given
    from refunds r where r.id = ${refundId}`.execute(trx);
  const [before] = rows;
  if (!before) throw new Error(`refund ${refundId} is gone`);
  const { fen, given } = before;
  const asked = itemsOf(of);
  const isOf = (orderLineId: string | null, sum: number) =>
    (given.find((each) => each.orderLineId === orderLineId)?.fen ?? 0) === sum;
  const sumOf = (item: RefundItem) => {
    if ("fen" in item) return item.fen;
    const line = given.find(({ orderLineId }) => orderLineId === item.orderLineId);
    return item.quantity * (line?.unitPriceFen ?? 0);
  };
  const isSameMoney =
    asked === null
      ? of.kind !== "amount" || of.fen === fen
      : isOf(null, asked.freightFen) &&
        asked.items.every((item) => sumOf(item) > 0 && isOf(item.orderLineId, sumOf(item))) &&
        given.every(
          ({ orderLineId: id }) =>
            id === null || asked.items.some(({ orderLineId }) => orderLineId === id),
        );
  return { fen, note: before.note, isSame: isSameMoney && before.note === note };
}
