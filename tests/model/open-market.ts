import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import {
  type MadeHousehold,
  makeCooperative,
  makeHousehold,
  makeRegion,
} from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openBank } from "./bank.ts";
import { COUNTIES } from "./mean.ts";
import { at, type Model } from "./model.ts";
import type { Terms } from "./money.ts";
import type { Real } from "./real.ts";
import { nothingKept } from "./reserves.ts";
import type { Layout } from "./steps.ts";

/** Which household's which account brings each lot, and when it was harvested. */
const LOTS = [
  { listing: 0, account: 0, harvestedOn: "2026-11-02" },
  { listing: 0, account: 1, harvestedOn: "2026-11-01" },
  { listing: 0, account: 1, harvestedOn: "2026-11-02" },
  { listing: 1, account: 2, harvestedOn: "2026-11-01" },
  { listing: 2, account: 3, harvestedOn: "2026-11-01" },
  { listing: 2, account: 4, harvestedOn: "2026-11-01" },
  { listing: 2, account: 3, harvestedOn: "2026-10-30" },
  { listing: 3, account: 4, harvestedOn: "2026-11-03" },
];
/** Listings and households by cooperative; the first household has accounts under two programmes. */
const LISTING_COOPS = [0, 0, 1, 1];
const PLAIN = {
  region: "513423",
  firstGrams: 5_000,
  firstFen: 800,
  addedGrams: 1_000,
  addedFen: 200,
  remoteFen: 1_000,
  far: ["15", "54", "62", "63", "64", "65"],
  never: [],
};
const SPECIAL = { firstGrams: 2_000, firstFen: 650, addedGrams: 700, addedFen: 130 };
/** Of the first cooperative, and of the second, whose template says all that one can. */
const TERMS: Terms[] = [
  PLAIN,
  {
    ...PLAIN,
    ...{ far: ["44"], never: ["54"], freeFrom: 20_000 },
    special: { province: "44", ...SPECIAL },
  },
];
const TEMPLATE = {
  groups: [{ provinces: ["44"], ...SPECIAL }],
  remoteProvinces: ["44"],
  unservedProvinces: ["54"],
  freeFromFen: 20_000,
};

async function secondAccount(db: Kysely<DB>, householdId: string, code: string): Promise<string> {
  const [id, ledger] = [uuidv7(), uuidv7()];
  await sql`insert into programmes (id, code, name_zh, name_en)
    values (${uuidv7()}, 'second', '第二项目', 'Second') on conflict do nothing`.execute(db);
  await sql`insert into ledger_accounts (id, code, kind)
    values (${ledger}, ${`relief:${code}`}, 'liability')`.execute(db);
  await sql`insert into relief_accounts (id, code, household_id, programme_id, ledger_account_id)
    select ${id}, ${code}, ${householdId}, id, ${ledger} from programmes
    where code = 'second'`.execute(db);
  return id;
}

async function makeAccounts(db: Kysely<DB>, coops: Awaited<ReturnType<typeof makeCooperative>>[]) {
  const homes: (MadeHousehold & { coop: number })[] = [];
  for (const [index, coop] of [0, 0, 1, 1].entries()) {
    const home = await makeHousehold(db, {
      cooperative: at(coops, coop),
      hasBankAccount: index !== 1,
    });
    homes.push({ ...home, coop });
  }
  const [first] = homes;
  if (!first) throw new Error("no household");
  const code = first.reliefCode.replace("LS-", "ZZ-");
  const second = await secondAccount(db, first.id, code);
  const accountOf = (index: number) => {
    const home = at(homes, index);
    const { reliefAccountId: id, reliefCode } = home;
    return { id, code: reliefCode, coop: home.coop, household: index, hasBank: index !== 1, home };
  };
  const other = { ...first, reliefAccountId: second, reliefCode: code };
  return [
    accountOf(0),
    accountOf(1),
    { id: second, code, coop: 0, household: 0, hasBank: true, home: { ...other, coop: 0 } },
    accountOf(2),
    accountOf(3),
  ];
}

/** The same small market twice: in the database and in the model. Nothing of an earlier one is used. */
export async function openMarket(
  db: Kysely<DB>,
  layout: Layout,
  startsAt: number,
): Promise<{ model: Model; real: Real }> {
  for (const county of COUNTIES) await makeRegion(db, county);
  const coops = [];
  for (const [index, feeBasisPoints] of layout.feeBasisPoints.entries()) {
    const freight = index === 1 ? TEMPLATE : {};
    coops.push(await makeCooperative(db, { feeBasisPoints, ...freight }));
  }
  const accounts = await makeAccounts(db, coops);
  const listings = [];
  for (const [index, coop] of LISTING_COOPS.entries()) {
    const [priceFen, unitGrams] = [at(layout.prices, index), at(layout.unitGrams, index)];
    const lots = LOTS.flatMap((lot, place) =>
      lot.listing === index
        ? [{ ...lot, household: at(accounts, lot.account).home, quantity: at(layout.stock, place) }]
        : [],
    );
    const made = await makeListing(db, { lots, priceFen, unitGrams });
    listings.push({ ...made, coop, unitGrams, isPaused: false, words: 0 });
  }
  const { rows } = await sql<{ clock: Date }>`select clock_timestamp() as clock`.execute(db);
  const model: Model = {
    now: startsAt,
    coops: coops.map(({ slug }, index) => ({
      slug,
      feeBasisPoints: at(layout.feeBasisPoints, index),
      terms: at(TERMS, index),
      kept: nothingKept(),
    })),
    accounts: accounts.map(({ home: _home, ...account }) => account),
    listings: listings.map(({ coop, priceFen, unitGrams, isPaused, words }) => ({
      ...{ coop, priceFen, unitGrams, isPaused, words },
    })),
    lots: listings.flatMap(({ lotIds }, listing) =>
      LOTS.flatMap((lot, place) =>
        lot.listing === listing ? [{ ...lot, available: at(layout.stock, place) }] : [],
      ).map((lot, position) => ({ ...lot, id: at(lotIds, position), held: 0, sold: 0 })),
    ),
    ...{
      orders: [],
      parcels: [],
      substitutions: [],
      pages: [],
      payments: [],
      refunds: [],
      given: [],
    },
    cycles: { clock: at(rows, 0).clock.getTime(), all: [], only: new Set() },
    ...{ disputes: [], runs: [], payouts: [], books: new Map(), transactions: 0 },
  };
  const now = () => new Date(model.now);
  const real: Real = {
    ...{ db, bank: openBank(now), now, coops, listings },
    ...{
      orders: [],
      parcels: [],
      substitutions: [],
      cycles: [],
      refunds: [],
      disputes: [],
      runs: [],
      payouts: [],
    },
    asked: new Map(),
  };
  return { model, real };
}
