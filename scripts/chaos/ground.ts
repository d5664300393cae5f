import { join } from "node:path";
import type { TestDatabase } from "#tests/setup/database.ts";
import { buildWhenStale } from "../start/build.ts";
import type { Family } from "../start/family.ts";
import { startPostgres } from "../start/postgres/server.ts";
import { type StartedMarket, startMarket } from "../start/start-market.ts";
import { FAST, makeFolder, memoryOrDisk, withFamily } from "../start/throwaway.ts";
import type { Size } from "./arguments.ts";

/** What a chaos has found: one `passed` or `failed` for each seed, case or kill. */
export type Found = {
  passed: number;
  failed: number;
  deviations: string[];
  detail: Record<string, unknown>;
};

/** Where chaos happens: databases and markets of its own, thrown away afterwards. */
export type Ground = {
  size: Size;
  /** So much of the full size, at least one; or the quick size. */
  count(full: number, quick: number): number;
  /** A fresh database, migrated and empty; dropped at the end unless it was before. */
  openDatabase(): Promise<TestDatabase>;
  /** The market as `npm start` opens it, with its demo data and no photos; one for all who ask. */
  openMarket(): Promise<StartedMarket>;
};

/** Lends a ground to `work` and clears it afterwards, whatever happened. */
export function withGround<Result>(
  size: Size,
  work: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  return withFamily((family) => work(groundOf(size, family, makeFolder(family, "chaos"))));
}

function groundOf(size: Size, family: Family, folder: string): Ground {
  let server: Promise<void> | undefined;
  let market: Promise<StartedMarket> | undefined;
  const startServer = async () => {
    // The tests' own databases are used; they read where from this one variable.
    if (process.env.TEST_DATABASE_URL) return;
    const home = makeFolder(family, "chaos-postgres", memoryOrDisk());
    // Its own folder is one where it may make the socket, whoever it runs as.
    const socket = join(home, "postgres");
    const settings = { ...FAST, max_connections: "250", unix_socket_directories: socket };
    const { adminUrl } = await startPostgres(home, "chaos", family, settings);
    // By the socket, not the loopback: most of what is asked here is small and asked a million times.
    process.env.TEST_DATABASE_URL = `${adminUrl}?host=${encodeURIComponent(socket)}`;
    family.atEnd(() => {
      process.env.TEST_DATABASE_URL = "";
    });
  };
  return {
    size,
    count: (full, quick) => (size.isQuick ? quick : Math.max(1, Math.round(full * size.share))),
    async openDatabase() {
      server ??= startServer();
      await server;
      const { createTestDatabase } = await import("#tests/setup/database.ts");
      const database = await createTestDatabase();
      let dropped: Promise<void> | undefined;
      const drop = () => {
        dropped ??= database.drop();
        return dropped;
      };
      family.atEnd(drop);
      return { ...database, drop };
    },
    openMarket() {
      market ??= (async () => {
        await buildWhenStale();
        const started = await startMarket(folder, { SEED_PHOTOS: "0" });
        family.atEnd(() => started.stop());
        return started;
      })();
      return market;
    },
  };
}
