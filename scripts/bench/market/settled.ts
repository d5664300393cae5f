import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/** Waits until every webhook that was accepted has had its effect. */
export async function untilSettled(db: Kysely<DB>): Promise<void> {
  await until("webhooks are not settled", async () => {
    const { rows } = await sql`
      select from stripe_events where processed_at is null limit 1`.execute(db);
    return rows.length === 0;
  });
}

/** Asks again and again until it is so; throws with the reason when it never is. */
export async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`after a minute ${otherwise}`);
    await sleep(POLL_MS);
  }
}
