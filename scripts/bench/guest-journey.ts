import { sql } from "kysely";
import { crowd } from "./crowd.ts";
import { addDatabase } from "./database.ts";
import type { Measured } from "./figures.ts";
import { walkGuestJourney } from "./market/guest.ts";
import type { Market } from "./market/open.ts";
import { untilSettled } from "./market/settled.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { twoItems } from "./orders/two-items.ts";
import { measurePairs, median, ratioOf } from "./pairs.ts";
import { initPgbench, plainTps } from "./pgbench/run.ts";

const BUYERS = 32;
const LISTINGS = 1_000;

/** Guests' whole journeys over HTTP, 32 at once, against `pgbench -N` of the same run. */
export async function guestJourney(market: Market): Promise<Measured> {
  const { db, family, isQuick } = market;
  const stock = await fillStock(db, LISTINGS);
  const plain = await addDatabase(market.adminUrl, "pgbench");
  await initPgbench(family, plain);
  const perRound = BUYERS * (isQuick ? 2 : 6);
  const rounds = 5;
  const seconds: number[] = [];

  async function walkRound(round: number): Promise<number> {
    const before = await countPaid(market);
    const startedAt = performance.now();
    await crowd(perRound, BUYERS, async (number) => {
      const n = (round + 1) * perRound + number;
      const began = performance.now();
      await walkGuestJourney(market.url, n, twoItems(stock, n));
      if (round >= 0) seconds.push((performance.now() - began) / 1000);
    });
    // The last webhooks too: until then nobody may call these orders settled.
    await untilSettled(db);
    const elapsed = (performance.now() - startedAt) / 1000;
    const paid = (await countPaid(market)) - before;
    if (paid !== perRound) throw new Error(`${paid} of ${perRound} journeys ended paid`);
    return paid / elapsed;
  }

  const pairs = await measurePairs(rounds, walkRound, () =>
    plainTps(family, plain, { clients: BUYERS, seconds: isQuick ? 3 : 5 }),
  );
  const sorted = seconds.toSorted((a, b) => a - b);
  return {
    value: ratioOf(pairs),
    detail: {
      first: "guests' journeys/s, each ending with a paid, settled order",
      second: "pgbench -N, transactions/s",
      pairs,
      buyersAtOnce: BUYERS,
      journeysARound: perRound,
      journeySeconds: { median: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)] },
    },
  };
}

/** Orders that are paid and whose sale stands in the ledger. */
async function countPaid({ db }: Market): Promise<number> {
  const { rows } = await sql<{ paid: number }>`
    select count(*) as paid from orders o
    join ledger_transactions t on t.idempotency_key = 'sale:' || o.id
    where o.status = 'paid'`.execute(db);
  return rows[0]?.paid ?? 0;
}
