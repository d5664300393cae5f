import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { keepImport, startImport } from "#app/domain/imports/keep-import.ts";
import { readTable } from "#app/domain/imports/read-table.ts";
import { takeImport } from "#app/domain/imports/take-import.ts";
import { understand } from "#app/domain/imports/understand.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { openSeededDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import type { Place } from "./place.ts";

const ROWS = 10_000;
/** Of plain inserts, as many as are usual in one statement. */
const AT_ONCE = 1_000;
const DAY_MS = 86_400_000;

type Stocked = { listing: string; household: string; account: string };

/** Ten thousand listings of one cooperative's households, ten units on sale of each. */
async function fill(db: Kysely<DB>): Promise<{ scope: CoopScope; stocked: Stocked[] }> {
  const { rows: managers } = await sql<{ userId: string; cooperativeId: string }>`
    select m.user_id as "userId", m.cooperative_id as "cooperativeId" from cooperative_members m
    where m.role = 'manager' and m.ended_at is null
      and exists (select from households h where h.cooperative_id = m.cooperative_id)
    order by m.id limit 1`.execute(db);
  const [scope] = managers as CoopScope[];
  if (!scope) throw new Error("the seed has no manager");
  await sql`
    insert into listings (id, cooperative_id, created_by_household_id, client_key, category_code,
      title_zh, title_en, grade, unit, unit_grams, price_fen, harvested_on, village_zh, village_en,
      region_code, status, published_at)
    select uuidv7(), h.cooperative_id, h.id, 'bench:' || n, 'apple', 'bench', '', 'first', 'kg',
      1000, 1000, current_date - 200, h.village_zh, h.village_en, h.region_code, 'published', now()
    from generate_series(1, ${ROWS}::int) n
    join (select *, row_number() over (order by id) as place, count(*) over () as homes
      from households where cooperative_id = ${scope.cooperativeId}) h
      on h.place = n % h.homes + 1`.execute(db);
  await sql`
    insert into lots (id, listing_id, household_id, relief_account_id, harvested_on, quantity_in, available)
    select uuidv7(), l.id, l.created_by_household_id, r.id, l.harvested_on, 10, 10
    from listings l join lateral (select id from relief_accounts r
      where r.household_id = l.created_by_household_id order by created_at, id limit 1) r on true
    where l.client_key like 'bench:%'`.execute(db);
  const { rows: stocked } = await sql<Stocked>`
    select l.id as listing, t.household_id as household, t.relief_account_id as account
    from listings l join lots t on t.listing_id = l.id
    where l.client_key like 'bench:%' order by l.id`.execute(db);
  await sql`analyze`.execute(db);
  return { scope, stocked };
}

/** What both leave and a second round would meet: nobody is told and nothing is indexed meanwhile. */
async function clear(db: Kysely<DB>): Promise<void> {
  await sql`delete from untold_changes`.execute(db);
  await sql`delete from graphile_worker._private_jobs`.execute(db);
  // As the database does by itself sooner or later, in the middle of either.
  await sql`vacuum analyze`.execute(db);
}

const dayOf = (round: number) => shanghaiDay(new Date(Date.now() - (100 - round) * DAY_MS));

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** From the bytes of the file until its last line is on sale, the look at it left out. */
async function importFile(db: Kysely<DB>, scope: CoopScope, bytes: Buffer): Promise<void> {
  const table = await readTable(bytes);
  const read = table.ok ? understand("lots", table) : table;
  if (!read.ok) throw new Error("the table was not read");
  const { importId } = await keepImport(db, scope, {
    ...{ clientKey: uuidv7(), kind: "lots", rows: read.rows },
  });
  await startImport(db, scope, { importId, isWhole: false });
  await takeImport(db, { importId });
}

/** The rows that an import leaves, written as anyone would who asks and checks nothing. */
async function insertRows(db: Kysely<DB>, stocked: readonly Stocked[], day: string) {
  for (let from = 0; from < stocked.length; from += AT_ONCE) {
    const rows = stocked.slice(from, from + AT_ONCE);
    const ids = rows.map((row) => ({ ...row, lot: uuidv7(), change: uuidv7() }));
    const lots = ids.map(({ listing, household, account, lot }) => ({
      ...{ id: lot, listing_id: listing, household_id: household, relief_account_id: account },
      ...{ harvested_on: day, quantity_in: 1, available: 1 },
    }));
    await db.insertInto("lots").values(lots).execute();
    const changes = ids.map(({ listing, household, lot, change }) => ({
      ...{ id: change, listing_id: listing, what: "restock", before: "10", after: "11" },
      ...{ lot_id: lot, quantity: 1, client_key: `${household}:${change}`, changed_by: "bench" },
      by_cooperative: true,
    }));
    await db.insertInto("listing_changes").values(changes).execute();
    const untold = ids.map(({ listing, household, change }) => ({
      ...{ listing_id: listing, household_id: household, change_id: change },
    }));
    await db.insertInto("untold_changes").values(untold).execute();
  }
}

/** A table of ten thousand lines of stock, imported, against plain inserts of the rows that it leaves. */
export async function importRows(place: Place): Promise<Measured> {
  const db = await openSeededDatabase(place);
  const { scope, stocked } = await fill(db);
  const imported = async (round: number) => {
    await clear(db);
    const lines = stocked.map(({ listing }) => `${listing},1,${dayOf(round)}`);
    const bytes = Buffer.from(`商品编号,新到数量,采收日期\n${lines.join("\n")}\n`);
    const ms = await timed(() => importFile(db, scope, bytes));
    const { rows } = await sql<{ came: number }>`select count(*)::int as came from lots
      where harvested_on = ${dayOf(round)}::date and quantity_in = 1`.execute(db);
    if (rows[0]?.came !== ROWS) throw new Error(`${rows[0]?.came} lines came in`);
    return ms;
  };
  const inserted = async (round: number) => {
    await clear(db);
    return timed(() => insertRows(db, stocked, dayOf(round + 30)));
  };
  const pairs = await measurePairs(place.isQuick ? 5 : 7, imported, inserted);
  return {
    value: ratioOf(pairs),
    detail: {
      first: "ms for a file of ten thousand lines, read, kept and taken",
      second: "ms for plain inserts of the rows that it leaves, a thousand a statement",
      pairs,
    },
  };
}
