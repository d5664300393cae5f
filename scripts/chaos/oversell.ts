import { createDb, createPool } from "#db/client.ts";
import { Random } from "#db/seed/random.ts";
import { openBank } from "#tests/model/bank.ts";
import type { Found, Ground } from "./ground.ts";
import { playSeed } from "./oversell/play-seed.ts";
import { BUYERS, makeStage, makeTown } from "./oversell/stage.ts";

const FULL_SEEDS = 1_000;
const QUICK_SEEDS = 2;
/** As many as stand before the same lots at the same moment. */
const CONNECTIONS = 40;
const PATIENCE_MS = 120_000;

/**
 * 500 buyers at once before a few dozen units: split lines, lines in reversed order, holds that
 * expire, payments that come late, and buyers who try again, each phase let loose behind a lock.
 */
export async function oversell(ground: Ground): Promise<Found> {
  const database = await ground.openDatabase();
  // 500 wait for 40 connections: on a slow machine the last of them for longer than 5 s.
  const patience = { waitMs: PATIENCE_MS, reachMs: PATIENCE_MS };
  const crowd = createDb(createPool(database.url, CONNECTIONS, patience));
  const town = await makeTown(database.db);
  const seeds = ground.count(FULL_SEEDS, QUICK_SEEDS);
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  const sums = {
    unitsSold: 0,
    orders: 0,
    refused: 0,
    latePayments: 0,
    offeredInstead: 0,
    tookInstead: 0,
    gaveMoneyBack: 0,
  };
  try {
    for (let seed = ground.size.seed; seed < ground.size.seed + seeds; seed++) {
      const random = new Random(seed);
      const stage = await makeStage(database.db, town, random);
      const bank = openBank(() => new Date());
      const rush = { crowd, guard: database.db, bank, town, stage, thrown: [] };
      const { deviations, ...counted } = await playSeed(rush, random);
      for (const [name, count] of Object.entries(counted)) sums[name as keyof typeof sums] += count;
      found[deviations.length === 0 ? "passed" : "failed"] += 1;
      for (const line of deviations) found.deviations.push(`seed ${seed}: ${line}`);
    }
  } finally {
    await crowd.destroy();
  }
  const detail = { seeds, buyersEach: BUYERS, connections: CONNECTIONS, ...sums };
  return { ...found, detail: { ...detail, fullSize: FULL_SEEDS } };
}
