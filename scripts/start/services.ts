import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readBucket } from "#app/gateways/bucket-address.ts";
import type { Family } from "./family.ts";
import { freePort } from "./free-port.ts";
import { spawnGuarded, stopGuarded } from "./guarded.ts";
import { keepLog } from "./log-file.ts";
import { say } from "./say.ts";
import type { Settings } from "./settings.ts";
import { lineFor, StopLine } from "./stop-line.ts";

export async function isOk(url: string, headers: Record<string, string> = {}): Promise<boolean> {
  try {
    return (await fetch(url, { headers, signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

const DEGRADED_MS = 15_000;

/** Open when all is well; a part that stays away is named, and the market opens without it. */
export function untilWell(url: string): () => Promise<boolean> {
  let degradedAt: number | undefined;
  return async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
    if (!answer?.ok) return false;
    const { status, ...parts } = (await answer.json()) as Record<string, string>;
    if (status === "ok") return true;
    degradedAt ??= Date.now();
    if (Date.now() - degradedAt < DEGRADED_MS) return false;
    const down = Object.keys(parts).filter((part) => parts[part] === "down");
    say(`! open without ${down.join(", ")}: see the logs`);
    return true;
  };
}

/** Meilisearch of the settings (asked once), or the program on PATH, or none. */
export async function openSearch(
  settings: Settings,
  key: string,
  family: Family,
): Promise<{ url: string; key?: string } | undefined> {
  if (settings.MEILI_URL) {
    await refuseWrongMeiliKey(settings.MEILI_URL, settings.MEILI_KEY);
    return { url: settings.MEILI_URL, key: settings.MEILI_KEY };
  }
  if (spawnSync("meilisearch", ["--version"]).status !== 0) return undefined;
  const folder = join(settings.DATA_DIR, "meilisearch");
  const url = `http://127.0.0.1:${await freePort()}`;
  const start = () => startMeilisearch(folder, url, key, settings, family);
  try {
    // Cut off while it made its folder, or of another version, it cannot read that again; but all
    // that is in there can be made anew from the database.
    await start().catch(() => {
      if (family.isEnding()) return;
      say("! meilisearch cannot use its folder; it gets a new one");
      rmSync(folder, { recursive: true, force: true });
      return start();
    });
    return { url, key };
  } catch (error) {
    say(`! ${lineFor(error)}; PostgreSQL searches instead`);
    return undefined;
  }
}

async function startMeilisearch(
  folder: string,
  url: string,
  key: string,
  settings: Settings,
  family: Family,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const args = ["--http-addr", new URL(url).host, "--no-analytics", "--env", "production"];
  const folders = ["--db-path", join(folder, "data.ms"), "--dump-dir", join(folder, "dumps")];
  await family.start({
    name: "meilisearch",
    log: keepLog(settings.DATA_DIR, "meilisearch"),
    patienceSeconds: 60,
    spawn: () =>
      spawnGuarded(
        ["meilisearch", ...args, ...folders],
        "TERM",
        // Not as an argument: everyone on the machine can read those.
        { cwd: folder, env: { ...process.env, MEILI_MASTER_KEY: key } },
      ),
    stop: (child) => stopGuarded(child, 8),
    isReady: () => isOk(`${url}/health`),
  });
}

/** A wrong key stops the start; a Meilisearch that is down does not: PostgreSQL answers then. */
async function refuseWrongMeiliKey(url: string, key: string | undefined): Promise<void> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const answer = await fetch(new URL("/indexes?limit=1", url), {
    headers,
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
  if (answer?.status === 401 || answer?.status === 403) {
    throw new StopLine(
      "Meilisearch at MEILI_URL refuses MEILI_KEY: correct the key, or leave both away.",
    );
  }
}

const BUCKETS = {
  missing: "There is no such bucket as PHOTO_STORE names: make it, or correct the name.",
  refused:
    "The store refuses us the bucket of PHOTO_STORE: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key that may read, write and list there.",
};

/** A bucket that is shut stops the start; a network that is away does not. */
export async function refuseClosedBucket({ PHOTO_STORE: address }: Settings): Promise<void> {
  const bucket = address ? readBucket(address) : null;
  if (!bucket) return;
  const { tryBucket } = await import("#app/gateways/photo-store-s3.ts");
  const state = await tryBucket(bucket);
  if (state === "missing" || state === "refused") throw new StopLine(BUCKETS[state]);
  if (state === "away") say("! the store of PHOTO_STORE gives no answer; photos come when it does");
}

/** A key that Stripe refuses stops the start; a network that is away does not. */
export async function refuseWrongStripeKey({ STRIPE_SECRET_KEY: key, STRIPE_API_URL }: Settings) {
  if (!key) return;
  const answer = await fetch(new URL("/v1/balance", STRIPE_API_URL ?? "https://api.stripe.com"), {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(8_000),
  }).catch(() => undefined);
  if (answer?.status === 401 || answer?.status === 403) {
    throw new StopLine(
      "Stripe refuses STRIPE_SECRET_KEY: copy it anew from Stripe's dashboard, or leave it away.",
    );
  }
}
