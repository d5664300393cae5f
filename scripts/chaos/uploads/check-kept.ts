import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { StartedMarket } from "../../start/start-market.ts";
import { CANARY, type Hostile } from "./hostile-files.ts";

const TRACES = new RegExp(`${CANARY}|Exif|GPS|ns\\.adobe|xmpmeta|Redmi|ICC_PROFILE|8BIM|<script`);
const PATIENCE_MS = 120_000;

/** Looks through all that is kept and served of what was sent: nothing of it may say more than the picture. */
export async function checkKept(
  { dataDir, port, databaseUrl }: StartedMarket,
  sent: readonly Hostile[],
  photoIds: readonly string[],
): Promise<{ deviations: string[]; filesRead: number; served: number }> {
  const deviations: string[] = [];
  const names = await variantsOf(databaseUrl, photoIds, deviations);
  const originals = new Set(sent.map(({ bytes }) => hashOf(bytes)));
  let served = 0;
  const look = async (name: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/photos/${name}`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  for (const name of names) {
    const { status, bytes } = await look(name);
    served += 1;
    if (status !== 200) deviations.push(`${name} is answered ${status}`);
    if (TRACES.test(bytes.toString("latin1"))) deviations.push(`${name} says more than it shows`);
  }
  for (const { bytes, name } of sent) {
    const hash = hashOf(bytes).slice(0, 32);
    for (const path of [hash, `masters%2f${hash}`, `arriving%2f${hash}`, `${hash}.jpg`]) {
      const { status } = await look(path);
      if (status !== 404) deviations.push(`${name}: its original is answered ${status} at ${path}`);
    }
  }
  const folder = join(dataDir, "photos");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const file of files) {
    const bytes = await readFile(join(file.parentPath, file.name));
    if (originals.has(hashOf(bytes))) deviations.push(`${file.name} is kept as it was sent`);
    if (TRACES.test(bytes.toString("latin1"))) deviations.push(`${file.name} holds metadata`);
  }
  return { deviations, filesRead: files.length, served };
}

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The public pictures of these photos, when the worker has made them. */
async function variantsOf(
  databaseUrl: string,
  photoIds: readonly string[],
  deviations: string[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const giveUpAt = Date.now() + PATIENCE_MS; ; await sleep(200)) {
      const { rows } = await client.query<{ state: string; variants: { name: string }[] }>(
        "select state, variants from photos where id = any($1)",
        [photoIds],
      );
      const waiting = rows.filter(({ state }) => state === "waiting").length;
      if (waiting > 0 && Date.now() < giveUpAt) continue;
      if (waiting > 0) deviations.push(`${waiting} photos were never made`);
      return rows.flatMap(({ variants }) => variants.map(({ name }) => name));
    }
  } finally {
    await client.end();
  }
}
