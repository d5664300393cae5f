import type { Family } from "../start/family.ts";
import { startPostgres } from "../start/postgres/server.ts";
import { makeFolder, withFamily } from "../start/throwaway.ts";

/** Where one bench runs: a folder and a PostgreSQL of its own, both gone afterwards. */
export type Place = {
  folder: string;
  family: Family;
  /** The superuser's address of the empty market's database. */
  adminUrl: string;
  isQuick: boolean;
};

/** An answered commit survives a power cut: what the figures call durable. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

/** Lends a durable PostgreSQL of its own to `work`. */
export function withPlace<Result>(
  isQuick: boolean,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  return withFamily(async (family) => {
    const folder = makeFolder(family, "bench");
    const { adminUrl } = await startPostgres(folder, "bench", family, {
      ...DURABLE,
      max_connections: "100",
    });
    return work({ folder, family, adminUrl, isQuick });
  });
}
