import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";

export type ForgedPart = { code: string; lineId: string | null; fen: number };

const tagOf = (code: RawBuilder<unknown>) =>
  sql`(select id from relief_accounts where 'relief:' || code = ${code})`;

/** The postings of one more transaction, each with the tags that belong to its account. */
export function forgedEntry(of: {
  kind: string;
  cause: string;
  causeId: string;
  key: string;
  parts: readonly ForgedPart[];
}): RawBuilder<unknown> {
  return sql`
    with forged as (
      insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
      values (gen_random_uuid(), ${of.kind}, ${of.cause}, ${of.causeId}, ${of.key}, now())
      returning id, seq
    )
    insert into postings (id, transaction_id, transaction_seq, account_id, order_line_id,
      relief_account_id, fen)
    select gen_random_uuid(), forged.id, seq, (select id from ledger_accounts where code = part.code),
      part."lineId", ${tagOf(sql`part.code`)}, part.fen
    from forged, jsonb_to_recordset(${JSON.stringify(of.parts)}::jsonb)
      part (code text, "lineId" uuid, fen bigint)`;
}

/**
 * A refund whose row, parts, postings, payment and order all say the same: of the order's sale, given
 * unless it is only asked for. What is not told of it is as of any.
 */
export function forgedRefund(of: {
  orderId: string;
  parts: readonly ForgedPart[];
  reason?: string;
  isTransfer?: boolean;
  isAsked?: boolean;
}): RawBuilder<unknown>[] {
  const { orderId, parts, reason = "goods", isTransfer = false, isAsked = false } = of;
  const id = uuidv7();
  const fen = parts.reduce((sum, part) => sum + part.fen, 0);
  const row = sql`
    insert into refunds (id, payment_id, order_id, idempotency_key, status, reason, fen,
      stripe_refund_id, bank_reference, paid_on)
    select ${id}::uuid, y.id, order_id, 'refund:' || y.id || ${`:${isTransfer ? "transfer:" : ""}${id}`},
      ${isAsked ? "requested" : "succeeded"}, ${reason}, ${fen},
      ${isTransfer || isAsked ? null : `re_${id}`}, ${isTransfer ? `ICBC-${id}` : null},
      case when ${isTransfer} then (now() at time zone 'Asia/Shanghai')::date end
    from payments y where order_id = ${orderId} limit 1`;
  const said = sql`
    insert into refund_parts (id, refund_id, account_code, order_line_id, relief_account_id, fen)
    select gen_random_uuid(), ${id}::uuid, part.code, part."lineId", ${tagOf(sql`part.code`)}, part.fen
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      part (code text, "lineId" uuid, fen bigint)`;
  if (isAsked) return [row, said];
  const from = { code: isTransfer ? "bank:market" : "stripe:clearing", lineId: null, fen: -fen };
  const status = sql`case when (select sum(r.fen) from refunds r where r.order_id = ${orderId}
      and r.status in ('pending', 'succeeded'))
    >= (select fen from payments where order_id = ${orderId} limit 1) then 'refunded' else 'partly-refunded' end`;
  return [
    row,
    said,
    forgedEntry({
      ...{ kind: "refund", cause: "refund", causeId: id, key: `refund:${id}` },
      parts: [from, ...parts],
    }),
    sql`update payments set status = ${status} where order_id = ${orderId}`,
    sql`update orders set status = ${status} where id = ${orderId}`,
  ];
}
