import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isStanding } from "../intake/standing.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";

/** A message is short; the rest stands in the market. */
const MOST_CROPS = 3;

type Brought = { first: string; crop: string; grams: number; isCorrected: boolean };

/** "苹果 52.35 kg、核桃 8 kg": sums of what was brought, as it stands. */
function goodsOf(rows: readonly Brought[]): string {
  const said = rows.slice(0, MOST_CROPS).map(({ crop, grams }) => `${crop} ${grams / 1_000} kg`);
  return said.join("、") + (rows.length > MOST_CROPS ? "…" : "");
}

/**
 * Of each crop that there is something new of the household is told the day's sum as it stands, so
 * that a correction needs no arithmetic of hers. Locks what it has yet to be told.
 */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const { rows } = await sql<Brought>`
    with told as (
      delete from untold_weigh_ins where household_id = ${householdId} returning weigh_in_id
    ), news as (
      select w.category_code, (w.weighed_at at time zone 'Asia/Shanghai')::date as day,
        min(w.id::text) as first, bool_or(w.corrects_id is not null) as "isCorrected"
      from told join weigh_ins w on w.id = told.weigh_in_id group by 1, 2
    )
    select min(n.first) as first, c.name_zh as crop, bool_or(n."isCorrected") as "isCorrected",
      sum(w.net_grams)::bigint as grams
    from news n join categories c on c.code = n.category_code
    join weigh_ins w on w.household_id = ${householdId} and w.category_code = n.category_code
      and (w.weighed_at at time zone 'Asia/Shanghai')::date = n.day and ${isStanding("w")}
    group by c.code, c.name_zh order by min(n.first)`.execute(trx);
  const [first] = rows;
  // Weighed by mistake and taken back before anybody was told: there is no news.
  const hasNews = rows.some(({ grams, isCorrected }) => grams > 0 || isCorrected);
  if (!first || !hasNews) return false;
  const to = { householdId };
  const params = { goods: goodsOf(rows) };
  const key = `weigh-in:${first.first}`;
  return (await queueMessage(trx, { to, template: "intake.bundle", params, key })).isNew;
}

/**
 * Tells households what the scale has noted of theirs, five minutes after the first of it at the
 * earliest, and never more than one such message an hour; what comes meanwhile waits for the next.
 * Each household in a transaction of its own; run again or twice at once, it tells nothing twice.
 */
export async function tellWeighIns(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  const told = {
    untold: "untold_weigh_ins",
    kind: ["intake.bundle"],
    tell: tellHousehold,
  } as const;
  return tellUntold(db, told, now);
}
