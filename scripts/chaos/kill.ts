import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "#db/seed/random.ts";
import type { Found, Ground } from "./ground.ts";
import { letBuy } from "./kill/buyers.ts";
import { checkOrders } from "./kill/check-orders.ts";
import { readSlowdown } from "./kill/slowdown.ts";
import { kill as killOne, VICTIMS, type Victim } from "./kill/victims.ts";
import { fillShelf } from "./shelf.ts";

const FULL_EACH = 20;
const QUEUES = 3;
/** On cores of its own; where others work on them too, as much longer as everything takes. */
const BACK_WITHIN_MS = 10_000;
/** Who dies again within a minute is started later and later: that is no outage but a fault. */
const STEADY_MS = 62_000;

/**
 * kill -9 of the app, the worker and PostgreSQL while buyers buy: no acknowledged order lost, none
 * half-written, and the market serves again within 10 s.
 */
export async function kill(ground: Ground): Promise<Found> {
  const market = await ground.openMarket();
  const shelf = await fillShelf(market);
  const random = new Random(ground.size.seed);
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  const backAt = new Map<Victim, number>();
  const slowest: Record<Victim, number> = { app: 0, worker: 0, postgres: 0 };
  const note = (line: string | null) => {
    if (line === null) found.passed += 1;
    else {
      found.failed += 1;
      found.deviations.push(line);
    }
  };
  const slowdown = readSlowdown();
  const limitMs = Math.round(BACK_WITHIN_MS * slowdown);
  const since = new Date();
  const buyers = letBuy(market.port, shelf, QUEUES);
  const rounds = ground.count(FULL_EACH, 1);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const victim of random.sample(VICTIMS, VICTIMS.length)) {
        const steadyAt = (backAt.get(victim) ?? 0) + STEADY_MS;
        await sleep(Math.max(random.between(1_000, 2_500), steadyAt - Date.now()));
        const ms = await killOne(market, victim, random.pick(shelf));
        backAt.set(victim, Date.now());
        slowest[victim] = Math.max(slowest[victim], ms);
        note(ms <= limitMs ? null : `${victim} was back after ${ms} ms, not ${limitMs}`);
      }
    }
    await sleep(1_000);
  } finally {
    await buyers.stop();
  }
  const { said } = buyers;
  const lost = await checkOrders(market, said, since);
  for (const line of lost) note(line);
  found.passed += said.sessions.length;
  if (said.sessions.length === 0) note("nothing was bought: there was no load");
  const detail = {
    kills: rounds * VICTIMS.length,
    orders: said.sessions.length,
    payments: said.paid.length,
    failures: said.failures,
    slowdown: Number(slowdown.toFixed(2)),
    limitMs,
    slowestAppMs: slowest.app,
    slowestWorkerMs: slowest.worker,
    slowestPostgresMs: slowest.postgres,
    fullSize: FULL_EACH * VICTIMS.length,
  };
  return { ...found, detail };
}
