import { setTimeout as sleep } from "node:timers/promises";
import { playHistory } from "#tests/model/history.ts";
import { shrink } from "#tests/model/shrink.ts";
import { historyOf } from "#tests/model/steps.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import type { Found, Ground } from "./ground.ts";
import { checkBooks } from "./ledger/check-books.ts";
import { tryToRewrite } from "./ledger/try-to-rewrite.ts";

const FULL = 1_000_000;
const QUICK = 1_500;
const STEPS = 300;
const STREAMS = 2;
/** After so many a longer list says nothing new. */
const ENOUGH = 5;

type Tally = Found & { operations: number; nextSeed: number };

/** Plays history after history in one database until all streams together have done their part. */
async function play(database: TestDatabase, tally: Tally, wanted: number): Promise<void> {
  while (tally.operations < wanted && tally.deviations.length < ENOUGH) {
    const seed = tally.nextSeed++;
    const history = historyOf(seed, STEPS);
    const { operations, deviations } = await playHistory(database.db, history);
    tally.operations += operations;
    tally[deviations.length === 0 ? "passed" : "failed"] += 1;
    if (deviations.length === 0) continue;
    const least = await shrink(database.db, history);
    tally.deviations.push(
      `seed ${seed}: ${deviations.slice(0, 3).join("; ")}`,
      `to be kept in tests/model/kept.json: ${JSON.stringify(least)}`,
    );
  }
}

/**
 * 1,000,000 operations of random histories, judged one by one by a model of the market that shares
 * no code with it; then the books as a whole, and whether they can be rewritten.
 */
export async function ledger(ground: Ground): Promise<Found> {
  const databases: TestDatabase[] = [];
  for (let stream = 0; stream < STREAMS; stream++) databases.push(await ground.openDatabase());
  const wanted = ground.count(FULL, QUICK);
  const tally: Tally = {
    ...{ passed: 0, failed: 0, deviations: [], detail: {} },
    ...{ operations: 0, nextSeed: ground.size.seed },
  };
  await Promise.all(databases.map((database) => play(database, tally, wanted)));
  const histories = tally.passed + tally.failed;
  let transactions = 0;
  let refusals = 0;
  for (const { db } of databases) {
    // A posting's own transaction may be so young that the seal has to wait for others.
    await sleep(100);
    const books = await checkBooks(db);
    transactions += books.transactions;
    const rewritten = await tryToRewrite(db);
    refusals += rewritten.refused;
    for (const line of [...books.deviations, ...rewritten.deviations]) {
      tally.failed += 1;
      tally.deviations.push(line);
    }
    if (books.deviations.length === 0) tally.passed += 1;
    tally.passed += rewritten.refused;
  }
  const { passed, failed, deviations, operations } = tally;
  const detail = { operations, histories, transactions, refusals, fullSize: FULL };
  return { passed, failed, deviations, detail };
}
