import type { Kysely } from "kysely";
import { daysBefore, shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readBankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import { readHarvest } from "#app/domain/parcels/read-harvest.ts";
import { readTicks } from "#app/domain/parcels/read-ticks.ts";
import { listRuns } from "#app/domain/payouts/list-runs.ts";
import { ALL_OWED, type RunTerms, readOwed } from "#app/domain/payouts/owed.ts";
import { readOwnAccounts } from "#app/domain/payouts/own-accounts.ts";
import { readPayoutDay } from "#app/domain/payouts/payout-day.ts";
import { readOtherApprovers } from "#app/domain/payouts/read-run-people.ts";

import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

export type DayPage = {
  name: string;
  path: string;
  /** What the page reads of the database, by the product's own functions. */
  read(db: Kysely<DB>, scope: CoopScope): Promise<void>;
  /** What stands on the page as often as its data says, so that no empty page is measured. */
  has: { words: RegExp; times: number };
};

const waiting = { status: "waiting", filter: { day: null, carrier: null } } as const;

async function readBoard(db: Kysely<DB>, scope: CoopScope) {
  await countParcels(db, scope, waiting.filter);
  const parcels = await listParcels(db, scope, { ...waiting, perPage: 50 });
  await readTicks(
    db,
    scope,
    parcels.map(({ id }) => id),
  );
}

async function readSlips(db: Kysely<DB>, scope: CoopScope) {
  await countParcels(db, scope, waiting.filter);
  await listParcels(db, scope, { ...waiting, perPage: 200 });
}

async function readGoods(db: Kysely<DB>, scope: CoopScope) {
  await countParcels(db, scope, waiting.filter);
  await readHarvest(db, scope, waiting);
}

const readPreview = (terms: RunTerms) => async (db: Kysely<DB>, scope: CoopScope) => {
  await readOwed(db, scope, terms);
  await listRuns(db, scope);
  await readOwnAccounts(db, scope);
  await readPayoutDay(db, scope);
  await readOtherApprovers(db, scope);
  await readBankAccount(db, scope);
};

const yesterday = daysBefore(shanghaiDay(new Date()), 1);
const list = "/coop/packing-list?state=waiting";

/** What a cooperative opens again and again on its day. */
export const dayPages: DayPage[] = [
  {
    ...{ name: "board", path: "/coop/parcels?state=waiting", read: readBoard },
    has: { words: /TJ\d{14}<\/a>/g, times: 50 },
  },
  {
    ...{ name: "list by parcel", path: `${list}&by=parcel`, read: readSlips },
    has: { words: /<article/g, times: 200 },
  },
  {
    ...{ name: "list by product", path: `${list}&by=product`, read: readGoods },
    has: { words: /role="img"/g, times: 200 },
  },
  {
    ...{ name: "list by household", path: `${list}&by=household`, read: readGoods },
    has: { words: /role="img"/g, times: 200 },
  },
  {
    ...{ name: "run's preview", path: "/coop/payouts", read: readPreview(ALL_OWED) },
    has: { words: /(?:LS|LN|GZ|MY)-\d{6}/g, times: 200 },
  },
  {
    name: "preview up to yesterday",
    path: `/coop/payouts?until=${yesterday}&minimum=10`,
    read: readPreview({ soldUntil: yesterday, minimumFen: 1_000 }),
    has: { words: /(?:LS|LN|GZ|MY)-\d{6}/g, times: 200 },
  },
];
