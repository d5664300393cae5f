import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { postTransaction } from "#app/domain/ledger/post.ts";
import type { DB } from "#db/schema.d.ts";
import type { MadeHousehold } from "./people.ts";

/** Posts a sale that earns the household so much; a negative amount is a refund of it. */
export async function earn(
  db: Kysely<DB>,
  household: Pick<MadeHousehold, "reliefCode" | "reliefAccountId">,
  fen: number,
  input: { orderLineId?: string; occurredAt?: Date } = {},
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cause = uuidv7();
    const posted = await postTransaction(trx, {
      kind: fen > 0 ? "sale" : "refund",
      causeType: "order",
      causeId: cause,
      idempotencyKey: `sale:${cause}`,
      occurredAt: input.occurredAt ?? new Date(),
      postings: [
        {
          account: `relief:${household.reliefCode}`,
          fen: -fen,
          reliefAccountId: household.reliefAccountId,
          orderLineId: input.orderLineId,
        },
        { account: "stripe:clearing", fen },
      ],
    });
    if (!posted.ok) throw new Error(posted.reason);
  });
}
