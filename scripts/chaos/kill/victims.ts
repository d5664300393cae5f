import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { StartedMarket } from "../../start/start-market.ts";
import { putIntoCart, withBrowser } from "./buyers.ts";
import { findBelow } from "./find-below.ts";

export type Victim = "app" | "worker" | "postgres";
export const VICTIMS: Victim[] = ["app", "worker", "postgres"];
const GIVE_UP_MS = 180_000;

/** The process to kill; undefined while there is none. */
export function pidOf(market: StartedMarket, victim: Victim): number | undefined {
  if (victim === "app") return findBelow(market.pid, "scripts/web.ts");
  if (victim === "worker") return findBelow(market.pid, "scripts/worker.ts");
  try {
    const note = join(market.dataDir, "postgres", "postmaster.pid");
    return Number(readFileSync(note, "utf8").split("\n")[0]);
  } catch {
    return undefined;
  }
}

/** A buyer can put something into a cart: the app answers and the database writes. */
async function serves(market: StartedMarket, produce: string): Promise<boolean> {
  return withBrowser(market.port, (browser) => putIntoCart(browser, produce)).catch(() => false);
}

/** The worker has given a sign of life since then, by the database's clock. */
async function worksSince(market: StartedMarket, since: Date): Promise<boolean> {
  const client = new pg.Client({ connectionString: market.databaseUrl });
  client.on("error", () => {});
  try {
    await client.connect();
    const found = await client.query(
      "select 1 from heartbeats where name = 'worker' and beat_at > $1",
      [since],
    );
    return found.rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Kills with no warning, and says after how many milliseconds the market was whole again. */
export async function kill(
  market: StartedMarket,
  victim: Victim,
  produce: string,
): Promise<number> {
  const pid = pidOf(market, victim);
  if (!pid) throw new Error(`the market has no ${victim} to kill`);
  const killedAt = new Date();
  process.kill(pid, "SIGKILL");
  while (Date.now() - killedAt.getTime() < GIVE_UP_MS) {
    await sleep(50);
    const now = pidOf(market, victim);
    if (now === undefined || now === pid) continue;
    const isBack =
      victim === "worker" ? await worksSince(market, killedAt) : await serves(market, produce);
    if (isBack) return Date.now() - killedAt.getTime();
  }
  throw new Error(`${victim} did not come back within ${GIVE_UP_MS / 1000} s`);
}
