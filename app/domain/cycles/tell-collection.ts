import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { queueMessage } from "../messages/queue-message.ts";
import { differences, goodsToTell, type Meeting, type ToldGoods } from "./collection-run.ts";
import { SETTLES_AFTER_MS } from "./cycle-rules.ts";
import { newsFor, type RunRow, readRunRows } from "./read-run.ts";

/** A message is short; the rest stands on the farm's page. */
const MOST_GOODS = 4;
/** A buyer who thinks better of it is not the last: what changes in an hour is told together. */
const APART_MS = 60 * 60_000;

const shortened = (said: readonly string[]) =>
  said.slice(0, MOST_GOODS).join("、") + (said.length > MOST_GOODS ? "…" : "");

/** "苹果×12（30 kg）": the same in every language, as titles are. */
const goodsWords = (goods: readonly ToldGoods[]) =>
  shortened(
    goods.map(({ titleZh, quantity, grams }) => `${titleZh}×${quantity}（${grams / 1_000} kg）`),
  );

/** What a message says of when: drawn in the reader's language when it is sent. */
const whenOf = ({ collectsOn, fromMinute, untilMinute }: Meeting) =>
  `${collectsOn} ${fromMinute} ${untilMinute}`;

const endOf = ({ collectsOn, untilMinute }: Meeting) =>
  new Date(`${collectsOn}T00:00:00+08:00`).getTime() + untilMinute * 60_000;

type Cycle = { id: string; cooperativeId: string; tellsIdle: boolean; closesAt: Date };

async function tellHousehold(
  trx: Transaction<DB>,
  { cycle, row, now }: { cycle: Pick<Cycle, "id" | "tellsIdle">; row: RunRow; now: Date },
): Promise<boolean> {
  const at = row.meeting ?? row.last;
  const news = newsFor(row, cycle);
  if (!at || !news) return false;
  const goods = goodsToTell(row.goods);
  const { rows } = await sql<{ turn: number }>`
    insert into collection_notes (id, cycle_id, household_id, turn, goods, place, collects_on,
      from_minute, until_minute, told_at)
    select ${uuidv7()}, ${cycle.id}, ${row.householdId}, coalesce(max(turn), 0) + 1,
      ${JSON.stringify(goods)}::jsonb, ${at.place}, ${at.collectsOn}::date, ${at.fromMinute}::int,
      ${at.untilMinute}::int, ${now}
    from collection_notes where cycle_id = ${cycle.id} and household_id = ${row.householdId}
    returning turn`.execute(trx);
  const owed = {
    to: { householdId: row.householdId },
    key: `collection:${cycle.id}:${row.householdId}:${rows[0]?.turn}`,
  };
  const when = whenOf(at);
  const said = { when, place: at.place, goods: goodsWords(goods) };
  if (news === "off") {
    await queueMessage(trx, { ...owed, template: "collection.off", params: { when } });
  } else if (news === "idle") {
    await queueMessage(trx, { ...owed, template: "collection.nothing", params: { when } });
  } else if (news === "changed") {
    const changed = differences(row.last?.goods ?? [], goods);
    const changes = shortened(
      changed.map((change) => `${change.titleZh}×${change.told}→×${change.now}`),
    );
    const params = { changes, ...said };
    await queueMessage(trx, { ...owed, template: "collection.changed", params });
  } else {
    await queueMessage(trx, { ...owed, template: `collection.${news}`, params: said });
  }
  return true;
}

/** Whether a household is still to hear of it: when its hours are over it has brought what it has. */
function isDue(row: RunRow, { now, atOnce }: { now: Date; atOnce: boolean }): boolean {
  const at = row.meeting ?? row.last;
  if (!at || endOf(at) <= now.getTime()) return false;
  return atOnce || row.toldAt === null || row.toldAt.getTime() + APART_MS <= now.getTime();
}

/** Tells what is new in a cycle whose row the caller has locked: the second of two has nothing. */
async function tellCycle(
  trx: Transaction<DB>,
  cycle: Cycle,
  how: { now: Date; atOnce: boolean },
): Promise<number> {
  const { id: cycleId, cooperativeId, tellsIdle: withIdle } = cycle;
  const rows = await readRunRows(trx, { cycleId, cooperativeId, withIdle });
  let told = 0;
  for (const row of rows) {
    if (isDue(row, how) && (await tellHousehold(trx, { cycle, row, now: how.now }))) told += 1;
  }
  return told;
}

/**
 * Tells those who were told to bring something that there is nothing to bring any more, because the
 * cycle is being called off, and nobody else. The caller holds its row, and calls it off.
 */
export async function tellCalledOff(
  trx: Transaction<DB>,
  { cooperativeId }: CoopScope,
  { cycleId, now }: { cycleId: string; now: Date },
): Promise<void> {
  const cycle = { id: cycleId, tellsIdle: false };
  const rows = await readRunRows(trx, { cycleId, cooperativeId, withIdle: false });
  for (const row of rows.filter(({ goods }) => goods.length === 0)) {
    if (isDue(row, { now, atOnce: true })) await tellHousehold(trx, { cycle, row, now });
  }
}

/** The one cycle, where it was not called off: from now on nobody else's to tell of. */
async function lockStanding(
  trx: Transaction<DB>,
  which: RawBuilder<unknown>,
): Promise<Cycle | undefined> {
  const { rows } = await sql<Cycle>`
    select id, cooperative_id as "cooperativeId", tells_idle as "tellsIdle",
      closes_at as "closesAt" from order_cycles
    where ${which} and called_off_at is null for no key update`.execute(trx);
  return rows[0];
}

/**
 * Tells every household once what to bring where and when for the cycles that have closed, forty
 * minutes later, when the last order is paid or has expired; and what is another since, an hour after
 * the message before at the earliest, until its hours are over. Each cycle in a transaction of its
 * own, which holds the cycle's row; run again or twice at once, it tells nothing twice.
 */
export async function tellCollections(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  const { rows } = await sql<{ id: string }>`
    select c.id from order_cycles c
    where c.called_off_at is null and c.closes_at <= ${new Date(now.getTime() - SETTLES_AFTER_MS)}
      and c.ships_on >= ${shanghaiDay(now)}::date order by c.id`.execute(db);
  let households = 0;
  for (const { id } of rows) {
    households += await db.transaction().execute(async (trx) => {
      const cycle = await lockStanding(trx, sql`id = ${id}`);
      return cycle ? tellCycle(trx, cycle, { now, atOnce: false }) : 0;
    });
  }
  return { ok: true, households };
}

/**
 * Tells the households of one closed cycle at once what they have not heard yet, because a manager
 * asked for it; nothing to those who know already, so it may be sent twice. Fails with
 * `cycle-unknown` (another cooperative's, or called off) and `not-closed`. Locks the cycle's row.
 */
export async function tellCollectionNow(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { cycleId, now = new Date() }: { cycleId: string; now?: Date },
): Promise<
  { ok: true; households: number } | { ok: false; reason: "cycle-unknown" | "not-closed" }
> {
  if (!isUuid(cycleId)) return { ok: false, reason: "cycle-unknown" };
  return db.transaction().execute(async (trx) => {
    const own = sql`id = ${cycleId} and cooperative_id = ${cooperativeId}`;
    const cycle = await lockStanding(trx, own);
    if (!cycle) return { ok: false, reason: "cycle-unknown" };
    if (now < cycle.closesAt) return { ok: false, reason: "not-closed" };
    return { ok: true, households: await tellCycle(trx, cycle, { now, atOnce: true }) };
  });
}
