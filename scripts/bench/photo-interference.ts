import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { demoPeople } from "#db/seed/demo-people.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { sendFile, signIn } from "../chaos/uploads/send-file.ts";
import { crowd } from "./crowd.ts";
import type { Measured } from "./figures.ts";
import { browseDuring } from "./market/browse.ts";
import type { Market } from "./market/open.ts";
import { until } from "./market/settled.ts";
import { fillStock } from "./orders/fill-stock.ts";
import { measurePairs, median, quantile, ratioOf } from "./pairs.ts";
import { anotherPhoto } from "./photos/another-photo.ts";

const PHOTOS = 20;
/** So many phones send at once, each one photo after the other. */
const SENDERS = 2;
const LISTINGS = 40;

/** p99 of shop pages while 20 photos arrive and are made ready, against p99 while none does. */
export async function photoInterference(market: Market): Promise<Measured> {
  const { db, isQuick, url } = market;
  const photo = await phonePhoto();
  const stock = await fillStock(db, LISTINGS);
  const words = ["/", "/search", `/search?q=${encodeURIComponent("苹果")}`];
  const paths = stock.flatMap(({ listingId }, number) => [
    `/produce/${listingId}`,
    words[number % words.length] ?? "/",
  ]);
  const farmer = demoPeople.find(({ role }) => role === "farmer");
  const sender = await signIn(url, farmer?.phone ?? "");
  const medians: { busy: number[]; idle: number[] } = { busy: [], idle: [] };
  let pages = 0;
  let lastedMs = 0;

  /** Sent as a phone without scripts sends them, and over when the last can be seen. */
  async function process20(round: number): Promise<void> {
    const startedAt = performance.now();
    await crowd(PHOTOS, SENDERS, async (number) => {
      const file = anotherPhoto(photo, (round + 1) * PHOTOS + number);
      const { outcome, words: said } = await sendFile(sender, file);
      if (outcome !== "taken") throw new Error(`a photo was not taken: ${outcome} ${said}`);
    });
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
