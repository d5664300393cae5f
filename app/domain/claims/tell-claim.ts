import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { buyerAddressee, CONFIRMED_BUYER } from "../messages/buyer-addressee.ts";
import { queueMessage } from "../messages/queue-message.ts";
import type { LockedClaim } from "./lock-claim.ts";

/** What a buyer can be told of a claim that money alone (tell-refund.ts) does not tell her. */
export type ClaimNews =
  | { template: "claim.offered"; fen: number; note: string }
  | { template: "claim.refused" | "claim.dismissed"; note: string }
  | { template: "claim.escalated" };

/** Owes the buyer a text message about an answer to her claim, once of each kind. Locks nothing. */
export async function tellClaim(
  trx: DbTransaction<DB>,
  claim: Pick<LockedClaim, "id" | "orderId">,
  news: ClaimNews,
): Promise<void> {
  const order = await trx
    .selectFrom("orders")
    .select(["number", "address", "locale", CONFIRMED_BUYER.as("userId")])
    .where("id", "=", claim.orderId)
    .executeTakeFirstOrThrow();
  const { template, ...params } = news;
  await queueMessage(trx, {
    to: buyerAddressee(order),
    template,
    params: { number: order.number, ...params } as never,
    key: `${template}:${claim.id}`,
    locale: order.locale === "en" ? "en" : "zh",
  });
}

/** Owes each manager of the cooperative a text message that a claim waits for an answer, once. */
export async function tellManagers(
  trx: DbTransaction<DB>,
  claim: { id: string; cooperativeId: string; orderNumber: string; askedFen: number },
): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from cooperative_members
    where cooperative_id = ${claim.cooperativeId} and role = 'manager' and ended_at is null
    order by user_id`.execute(trx);
  for (const { userId } of rows) {
    await queueMessage(trx, {
      to: { userId },
      template: "claim.sent",
      params: { number: claim.orderNumber, fen: claim.askedFen },
      key: `claim.sent:${claim.id}:${userId}`,
    });
  }
}
