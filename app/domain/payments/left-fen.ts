import { type RawBuilder, sql } from "kysely";
import { lostFen } from "./lost-fen.ts";

/**
 * SQL: what of a payment is neither with the buyer nor on its way to her, by refunds or for good
 * by a bank (also what that gave in the stead of refunds); in the payment's own smallest unit.
 * `payment` is its row.
 */
export const leftFen = (payment: RawBuilder<unknown>): RawBuilder<number> => sql`(
  ${payment}.fen - ${lostFen(sql`${payment}.id`)} - (select coalesce(sum(r.fen), 0)::bigint
    from refunds r where r.payment_id = ${payment}.id and r.status <> 'failed'
      and r.dispute_id is null))`;
