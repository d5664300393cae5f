import { readdir, readFile } from "node:fs/promises";
import { makeWorkerUtils } from "graphile-worker";
import { type Migration, Migrator, sql } from "kysely";
import { createDb, createPool } from "./client.ts";

const folder = new URL("./migrations/", import.meta.url);

/** The frozen .sql files, in the order of their names. */
async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const migrations: Record<string, Migration> = {};
  for (const name of names) {
    const text = await readFile(new URL(name, folder), "utf8");
    migrations[name.replace(/\.sql$/, "")] = {
      up: async (db) => {
        await sql.raw(text).execute(db);
      },
    };
  }
  return migrations;
}

/** graphile-worker keeps its jobs in a schema of its own; the app's role may queue and work them. */
async function migrateJobs(connectionString: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString, noPreparedStatements: true });
  await utils.migrate();
  await utils.release();
}

/**
 * Brings a database to the newest schema. Safe to run at every start and from several processes
 * at once: Kysely's migrator takes an advisory lock.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  await migrateJobs(connectionString);
  const db = createDb(createPool(connectionString, 2));
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    await sql`grant usage on schema graphile_worker to tianji_app`.execute(db);
    await sql`grant all on all tables in schema graphile_worker to tianji_app`.execute(db);
    await sql`grant all on all sequences in schema graphile_worker to tianji_app`.execute(db);
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
