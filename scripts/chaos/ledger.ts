import { setTimeout as sleep } from "node:timers/promises";
import { playHistory } from "#tests/model/history.ts";
import { shrink } from "#tests/model/shrink.ts";
import { type History, historyOf } from "#tests/model/steps.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import type { Found, Ground } from "./ground.ts";
import { checkBooks } from "./ledger/check-books.ts";
import { tryToRewrite } from "./ledger/try-to-rewrite.ts";

const FULL = 1_000_000;
const QUICK = 1_500;
const STEPS = 300;
const STREAMS = 4;
/** After so many a longer list says nothing new. */
const ENOUGH = 5;

/** Histories in one database: what the market reads as a whole is read while it is small. */
const HISTORIES_EACH = 50;

type Tally = Found & {
  operations: number;
  nextSeed: number;
  transactions: number;
  refusals: number;
  databases: number;
};

/** Plays history after history in one database, until it has had its share or all is done; their seeds. */
async function play({ db }: TestDatabase, tally: Tally, wanted: number): Promise<number[]> {
  const seeds: number[] = [];
  while (seeds.length < HISTORIES_EACH && !isOver(tally, wanted)) {
    const seed = tally.nextSeed++;
    seeds.push(seed);
    const history = historyOf(seed, STEPS);
    const { operations, deviations } = await playHistory(db, history);
    tally.operations += operations;
    tally[deviations.length === 0 ? "passed" : "failed"] += 1;
    if (deviations.length === 0) continue;
    const least = await shrink(
      history,
      async (fewer) => (await playHistory(db, fewer)).deviations.length > 0,
    );
    tally.deviations.push(`seed ${seed}: ${deviations.slice(0, 3).join("; ")}`, toBeKept(least));
  }
  return seeds;
}

const toBeKept = (history: History) =>
  `to be kept in tests/model/kept.json: ${JSON.stringify(history)}`;

/** The first of the histories after which the books do not hold, each played by itself. */
async function findOdd(ground: Ground, seeds: readonly number[]): Promise<string[]> {
  const isOdd = async (history: History) => {
    const database = await ground.openDatabase();
    await playHistory(database.db, history);
    const { deviations } = await checkBooks(database.db);
    await database.drop();
    return deviations.length > 0;
  };
  for (const seed of seeds) {
    const history = historyOf(seed, STEPS);
    if (await isOdd(history)) return [`seed ${seed}`, toBeKept(await shrink(history, isOdd))];
  }
  return [`none of ${seeds.join(", ")} by itself`];
}

const isOver = (tally: Tally, wanted: number) =>
  tally.operations >= wanted || tally.deviations.length >= ENOUGH;

/** The books of one database as a whole, and whether they can be rewritten. */
async function judge({ db }: TestDatabase, tally: Tally): Promise<boolean> {
  // A posting's own transaction may be so young that the seal has to wait for others.
  await sleep(100);
  const books = await checkBooks(db);
  const rewritten = await tryToRewrite(db);
  tally.databases += 1;
  tally.transactions += books.transactions;
  tally.refusals += rewritten.refused;
  for (const line of [...books.deviations, ...rewritten.deviations]) {
    tally.failed += 1;
    tally.deviations.push(line);
  }
  if (books.deviations.length === 0) tally.passed += 1;
  tally.passed += rewritten.refused;
  return books.deviations.length === 0;
}

/**
 * 1,000,000 operations of random histories, judged one by one by a model of the market that shares
 * no code with it; then the books as a whole, database by database, and whether they can be
 * rewritten.
 */
export async function ledger(ground: Ground): Promise<Found> {
  const wanted = ground.count(FULL, QUICK);
  const tally: Tally = {
    ...{ passed: 0, failed: 0, deviations: [], detail: {} },
    ...{ operations: 0, nextSeed: ground.size.seed, transactions: 0, refusals: 0, databases: 0 },
  };
  const stream = async () => {
    while (!isOver(tally, wanted)) {
      const database = await ground.openDatabase();
      const seeds = await play(database, tally, wanted);
      const isWhole = await judge(database, tally);
      await database.drop();
      if (!isWhole) tally.deviations.push(...(await findOdd(ground, seeds)));
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, stream));
  const { passed, failed, deviations, operations, transactions, refusals, databases } = tally;
  const histories = tally.nextSeed - ground.size.seed;
  const detail = { operations, histories, databases, transactions, refusals, fullSize: FULL };
  return { passed, failed, deviations, detail };
}
