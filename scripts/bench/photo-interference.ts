import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import type { Measured } from "./figures.ts";
import { browseDuring } from "./market/browse.ts";
import type { Market } from "./market/open.ts";
import { until } from "./market/settled.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { measurePairs, median, quantile, ratioOf } from "./pairs.ts";
import type { Sending, SentAll } from "./photos/phones.ts";

const PHONES = fileURLToPath(new URL("./photos/phones.ts", import.meta.url));
const PHOTOS = 20;
const LISTINGS = 40;

/** p99 of shop pages while 20 photos arrive and are made ready, against p99 while none does. */
export async function photoInterference(market: Market): Promise<Measured> {
  const { db, isQuick, url } = market;
  const stock = await fillStock(db, LISTINGS);
  const words = ["/", "/search", `/search?q=${encodeURIComponent("苹果")}`];
  const paths = stock.flatMap(({ listingId }, number) => [
    `/produce/${listingId}`,
    words[number % words.length] ?? "/",
  ]);
  const phones = await openPhones(market);
  const medians: { busy: number[]; idle: number[] } = { busy: [], idle: [] };
  let pages = 0;
  let lastedMs = 0;

  /** Sent as a phone without scripts sends them, and over when the last can be seen. */
  async function process20(round: number): Promise<void> {
    const startedAt = performance.now();
    await phones({ from: (round + 1) * PHOTOS, photos: PHOTOS });
    await until("photos are not ready", async () => {
      const ready = await countReady(market);
      return ready === (round + 2) * PHOTOS;
    });
    lastedMs = performance.now() - startedAt;
  }
  async function p99During(side: "busy" | "idle", work: Promise<unknown>): Promise<number> {
    const times = await browseDuring(url, paths, work);
    medians[side].push(median(times));
    pages += times.length;
    return quantile(times, 0.99);
  }

  const pairs = await measurePairs(
    isQuick ? 5 : 9,
    (round) => p99During("busy", process20(round)),
    // For as long as the photos took, so that both p99 are of as many pages.
    () => p99During("idle", sleep(lastedMs)),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "ms, p99 of shop pages while 20 photos of 12 MP are sent and made ready",
      second: "ms, p99 of shop pages while there are none",
      pairs,
      medianMs: { first: median(medians.busy), second: median(medians.idle) },
      pages,
      lastRoundMs: Math.round(lastedMs),
    },
  };
}

async function countReady({ db }: Market): Promise<number> {
  const { rows } = await sql<{ ready: number }>`
    select count(*) as ready from photos where state = 'ready'`.execute(db);
  return rows[0]?.ready ?? 0;
}

/** The phones, in a process of their own; what is asked of them resolves when all is sent. */
async function openPhones({ url, family }: Market): Promise<(sending: Sending) => Promise<void>> {
  const phones = fork(PHONES, [url]);
  family.atEnd(() => void phones.kill());
  await once(phones, "message");
  return async (sending) => {
    phones.send(sending);
    const [{ error }] = (await once(phones, "message")) as [SentAll];
    if (error) throw new Error(error);
  };
}
