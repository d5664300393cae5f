import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { planCycle } from "#app/domain/cycles/plan-cycle.ts";
import { readVillages } from "#app/domain/cycles/read-villages.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

const DAY_MS = 86_400_000;

/** A cycle of the cooperative's, a month ahead, with something that no other row of the stage is about. */
export async function stageCycle(
  db: Kysely<DB>,
  scope: CoopScope,
  besideListing: string,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from listings where cooperative_id = ${scope.cooperativeId} and status = 'published'
      and id <> ${besideListing} order by id limit 1`.execute(db);
  const villages = await readVillages(db, scope);
  const at = (days: number) => new Date(Date.now() + days * DAY_MS);
  const planned = await planCycle(db, scope, {
    clientKey: uuidv7(),
    plan: {
      ...{ opensAt: at(30), closesAt: at(31), tellsIdle: false },
      ...{ collectsOn: shanghaiDay(at(32)), shipsOn: shanghaiDay(at(33)) },
      listingIds: rows.map(({ id }) => id),
      places: villages.map(({ regionCode, villageZh }) => ({
        ...{ regionCode, villageZh, place: "村委会门口", collectsOn: null },
        ...{ fromMinute: 480, untilMinute: 600 },
      })),
    },
  });
  if (!planned.ok) throw new Error(planned.reason);
  return planned.cycleId;
}
