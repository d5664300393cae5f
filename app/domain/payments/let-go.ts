import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { GIVEN_BY_BANK, GIVEN_BY_HAND, PROMISED_TO_NOBODY } from "./refund-reasons.ts";

type LetGo = typeof GIVEN_BY_BANK | typeof GIVEN_BY_HAND;

/** SQL: whether a refund (`alias` is its row) was not let go of: lists and sums leave out what was. */
export const isStanding = (alias: string) => sql<boolean>`(${sql.ref(`${alias}.failure`)} is null
  or ${sql.ref(`${alias}.failure`)} not in (${sql.lit(GIVEN_BY_HAND)}, ${sql.lit(GIVEN_BY_BANK)},
    ${sql.lit(PROMISED_TO_NOBODY)}))`;

/**
 * A refund stands for nothing any more and is not asked for again: somebody has given it under another
 * number, or nobody has. The caller holds the order's row and writes that other one.
 */
export async function letGo(
  trx: DbTransaction<DB>,
  refundId: string,
  failure: LetGo,
): Promise<void> {
  await trx
    .updateTable("refunds")
    .set({ status: "failed", failure, try_again_at: null, updated_at: new Date() })
    .where("id", "=", refundId)
    .execute();
}
