import { readFileSync } from "node:fs";
import pg from "pg";
import { Random } from "#db/seed/random.ts";
import type { Found, Ground } from "./ground.ts";
import { findBelow } from "./kill/find-below.ts";
import { checkKept } from "./uploads/check-kept.ts";
import { hostileFiles } from "./uploads/hostile-files.ts";
import { type Stopwatch, stopwatchFor } from "./uploads/own-time.ts";
import { type Sender, type Sent, sendFile, signIn } from "./uploads/send-file.ts";

const FULL_ROUNDS = 5;
const LONGEST_MS = 1_000;
const TRIES = 3;
const FARMER = "+8610000000001";
const DARKROOM = "darkroom-process.ts";
/** By how much the largest file may make a process grow: a photo of 50 megapixels and its bytes. */
const MOST_GROWTH_MB = 500;

/** The most memory a process of the market has ever held, in MB. */
function mostMemory(pid: number | undefined): number {
  const status = pid ? readFileSync(`/proc/${pid}/status`, "utf8") : "";
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** A machine that others use too may hold a file up; it is slow when it is so three times. */
async function sendUntilQuick(sender: Sender, bytes: Buffer, stopwatch: Stopwatch): Promise<Sent> {
  let best = await sendFile(sender, bytes, stopwatch);
  for (let tries = 1; best.slowestMs > LONGEST_MS && tries < TRIES; tries++) {
    const sent = await sendFile(sender, bytes, stopwatch);
    if (sent.slowestMs < best.slowestMs) best = sent;
  }
  return best;
}

/** A household may begin three hundred uploads a day. */
async function waitForTomorrow(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("update photo_uploads set expires_at = now()").finally(() => client.end());
}

/**
 * Files that nobody should send, to a market with its worker: each is answered with a clear reason,
 * no process dies or grows without bound, no output says more than the picture does, and what was
 * sent is nowhere kept or served.
 */
export async function uploads(ground: Ground): Promise<Found> {
  const market = await ground.openMarket();
  const random = new Random(ground.size.seed);
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  const sender = await signIn(`http://127.0.0.1:${market.port}`, FARMER);
  const pids = ["scripts/web.ts", "scripts/worker.ts"].map((name) => findBelow(market.pid, name));
  const before = pids.map(mostMemory);
  const stopwatch = stopwatchFor(() => [pids[0], pids[0] && findBelow(pids[0], DARKROOM)]);
  const times: number[] = [];
  const photoIds: string[] = [];
  const rounds = ground.count(FULL_ROUNDS, 1);
  let sent = await hostileFiles(random);
  for (let round = 0; round < rounds; round++) {
    if (round > 0) {
      await waitForTomorrow(market.databaseUrl);
      sent = await hostileFiles(random);
    }
    for (const { name, wanted, bytes } of sent) {
      const { outcome, photoId, words, slowestMs } = await sendUntilQuick(sender, bytes, stopwatch);
      times.push(slowestMs);
      if (photoId) photoIds.push(photoId);
      const isKnown = outcome === "taken" || (outcome.startsWith("photo-") && words.length > 5);
      const isAnswered = isKnown && (wanted === "any" || wanted === outcome);
      if (!isAnswered) found.deviations.push(`${name}: ${outcome} instead of ${wanted} ${words}`);
      else if (slowestMs <= LONGEST_MS) found.passed += 1;
      else found.deviations.push(`${name}: answered after ${Math.round(slowestMs)} ms`);
    }
  }
  const kept = await checkKept(market, sent, photoIds);
  const growth = pids.map((pid, index) => mostMemory(pid) - (before[index] ?? 0));
  // Theirs is counted from nothing: they start with the first photo.
  const darkrooms = pids.map((pid) => mostMemory(pid && findBelow(pid, DARKROOM)));
  const isSame = pids.every((pid) => pid !== undefined && mostMemory(pid) > 0);
  if (!isSame) found.deviations.push("a process of the market died");
  const most = Math.max(...growth, ...darkrooms);
  if (most > MOST_GROWTH_MB) found.deviations.push(`a process grew by ${most.toFixed()} MB`);
  found.deviations.push(...kept.deviations);
  found.failed = found.deviations.length;
  const detail = {
    files: times.length,
    taken: photoIds.length,
    "ms for the slowest": Math.round(Math.max(...times)),
    "MB more in the app": Math.round(growth[0] ?? 0),
    "MB more in the worker": Math.round(growth[1] ?? 0),
    "MB in the darkroom": Math.round(Math.max(...darkrooms)),
    "stored files read": kept.filesRead,
    "pictures served": kept.served,
  };
  return { ...found, detail };
}
