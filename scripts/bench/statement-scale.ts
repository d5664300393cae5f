import { type Kysely, sql } from "kysely";
import { snapshotBalances } from "#app/domain/ledger/snapshot-balances.ts";
import { readMonthTotals } from "#app/domain/relief/month-totals.ts";
import { readReliefAccount } from "#app/domain/relief/read-account.ts";
import { readStatement } from "#app/domain/relief/read-statement.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import type { DB } from "#db/schema.d.ts";
import { seed } from "#db/seed/seed.ts";
import { addDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { checkLedger } from "./ledger/check-ledger.ts";
import { fillLedger } from "./ledger/fill-ledger.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import type { Place } from "./place.ts";

const FEW = 1_000;
const MANY = 1_000_000;
/** What two minutes are enough for. */
const MANY_QUICKLY = 50_000;
const ENTRIES_A_PAGE = 50;

type Account = { code: string; scope: OfficerScope; entries: number };

/** A household's statement in a ledger of a million orders, against one of a thousand. */
export async function statementScale(place: Place): Promise<Measured> {
  const { adminUrl, family, isQuick } = place;
  async function openLedger(name: string, orders: number) {
    const url = await addDatabase(adminUrl, name);
    await migrate(url);
    const db = createDb(createPool(url, 2));
    family.atEnd(() => db.destroy());
    await seed(db);
    await fillLedger(db, orders - (await checkLedger(db)));
    // As the worker does by the clock.
    await snapshotBalances(db);
    return { db, sales: await checkLedger(db), accounts: await readBusyAccounts(db) };
  }
  const few = await openLedger("few", FEW);
  const many = await openLedger("many", isQuick ? MANY_QUICKLY : MANY);
  const times = isQuick ? 10 : 30;
  const pairs = await measurePairs(
    7,
    () => readAll(many.db, many.accounts, times),
    () => readAll(few.db, few.accounts, times),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "ms a statement with many orders in the ledger",
      second: "ms a statement with few",
      pairs,
      orders: [many.sales, few.sales],
      households: many.accounts.length,
      entriesOfAHousehold: [many.accounts[0]?.entries, few.accounts[0]?.entries],
      note: "sums, the newest page, the page before it, and the months; triggers off while filling, the ledger checked afterwards",
    },
  };
}

/** The households with two full pages of entries, busiest first. */
async function readBusyAccounts(db: Kysely<DB>): Promise<Account[]> {
  const { rows } = await sql<{ code: string; region: string; entries: number }>`
    select r.code, h.region_code as region, count(*) as entries
    from relief_accounts r
    join households h on h.id = r.household_id
    join postings p on p.account_id = r.ledger_account_id
    group by r.code, h.region_code having count(*) >= ${2 * ENTRIES_A_PAGE}
    order by entries desc, r.code limit 5`.execute(db);
  return rows.map(({ code, region, entries }) => ({
    code,
    entries,
    scope: { officerId: "bench", userId: "bench", regionCode: region } as unknown as OfficerScope,
  }));
}

/** Reads each household's statement as its page does, and the page before; milliseconds each. */
async function readAll(db: Kysely<DB>, accounts: Account[], times: number): Promise<number> {
  const startedAt = performance.now();
  for (let time = 0; time < times; time++) {
    for (const { scope, code } of accounts) {
      await readReliefAccount(db, scope, code);
      const newest = await readStatement(db, scope, { code, perPage: ENTRIES_A_PAGE });
      if (newest?.entries.length !== ENTRIES_A_PAGE) throw new Error(`${code} fills no page`);
      const older = await readStatement(db, scope, { code, before: newest.olderBefore ?? "" });
      if (older?.entries.length !== ENTRIES_A_PAGE) throw new Error(`${code} fills one page`);
      await readMonthTotals(db, scope, code);
    }
  }
  return (performance.now() - startedAt) / (times * accounts.length);
}
