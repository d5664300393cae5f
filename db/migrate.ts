import { readdir, readFile } from "node:fs/promises";
import { makeWorkerUtils } from "graphile-worker";
import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { createDb, createPool } from "./client.ts";
import type { DB } from "./schema.d.ts";

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
 * The app's role queues and works jobs. graphile-worker closes its tables by row-level security,
 * and its own migrations may add tables, so this is done anew after each of them.
 */
async function letTheAppWorkJobs(db: Kysely<DB>): Promise<void> {
  await sql`
    do $$
    declare
      closed regclass;
    begin
      grant usage on schema graphile_worker to tianji_app;
      grant all on all tables in schema graphile_worker to tianji_app;
      grant all on all sequences in schema graphile_worker to tianji_app;
      for closed in
        select oid from pg_class
        where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity
          and not exists (
            select 1 from pg_policy where polrelid = pg_class.oid and polname = 'tianji_app_works')
      loop
        execute format(
          'create policy tianji_app_works on %s to tianji_app using (true) with check (true)', closed);
      end loop;
    end $$`.execute(db);
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
    await letTheAppWorkJobs(db);
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
