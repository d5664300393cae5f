import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockPayouts } from "./lock-payouts.ts";
import { noteRun } from "./note-run.ts";

/** The day of the week, 1 Monday to 7 Sunday, on which the scope's cooperative pays out. */
export async function readPayoutDay(db: Kysely<DB>, scope: CoopScope): Promise<number> {
  const { payout_weekday } = await db
    .selectFrom("cooperatives")
    .select("payout_weekday")
    .where("id", "=", scope.cooperativeId)
    .executeTakeFirstOrThrow();
  return payout_weekday;
}

/**
 * Sets the day of the week on which the scope's cooperative pays out: households are told when to
 * expect their money; no run is prepared by it. Setting it again changes nothing. Never refused: the
 * form lets only days through. Locks the cooperative's row (see lock-payouts.ts).
 */
export async function setPayoutDay(
  db: Kysely<DB>,
  scope: CoopScope,
  { weekday }: { weekday: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockPayouts(trx, scope);
    const before = await readPayoutDay(trx, scope);
    if (before === weekday) return;
    await trx
      .updateTable("cooperatives")
      .set({ payout_weekday: weekday })
      .where("id", "=", scope.cooperativeId)
      .execute();
    await noteRun(trx, scope, {
      action: "payout-day.set",
      subject: "cooperative",
      id: scope.cooperativeId,
      before: { weekday: before },
      after: { weekday },
    });
  });
}
