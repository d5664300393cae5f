import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFamily, type Family } from "../start/family.ts";
import { startPostgres } from "../start/postgres/server.ts";

/** Where one bench runs: a folder and a PostgreSQL of its own, both gone afterwards. */
export type Place = {
  folder: string;
  family: Family;
  /** The superuser's address of the empty market's database. */
  adminUrl: string;
  isQuick: boolean;
};

/** An answered commit survives a power cut: what the figures call durable. */
export const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

const open = new Set<Family>();

/** A folder that PostgreSQL may walk into, also where it runs as another user; removed at the end. */
export function makeFolder(family: Family): string {
  const folder = mkdtempSync(join(tmpdir(), "tianji-bench-"));
  family.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "logs"));
  return folder;
}

/** Lends a family of processes to `work` and ends all of it afterwards, whatever happened. */
export async function withFamily<Result>(
  work: (family: Family) => Promise<Result>,
): Promise<Result> {
  const family = createFamily();
  open.add(family);
  try {
    return await work(family);
  } finally {
    await family.end();
    open.delete(family);
  }
}

/** Lends a durable PostgreSQL of its own to `work`. */
export function withPlace<Result>(
  isQuick: boolean,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  return withFamily(async (family) => {
    const folder = makeFolder(family);
    const { adminUrl } = await startPostgres(folder, "bench", family, {
      ...DURABLE,
      max_connections: "100",
    });
    return work({ folder, family, adminUrl, isQuick });
  });
}

/** Ends whatever is open: for the reader's Ctrl-C. */
export async function leaveAll(): Promise<void> {
  for (const family of open) await family.end();
}
