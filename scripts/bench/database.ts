import type { Kysely } from "kysely";
import pg from "pg";
import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import type { DB } from "#db/schema.d.ts";
import { seed } from "#db/seed/seed.ts";
import type { Place } from "./place.ts";

/** The place's database, migrated and seeded small, without photos. */
export async function openSeededDatabase({ adminUrl, family }: Place): Promise<Kysely<DB>> {
  await migrate(adminUrl);
  const db = createDb(createPool(adminUrl, 20));
  family.atEnd(() => db.destroy());
  await seed(db);
  return db;
}

/** A second, empty database of the same server; its address. */
export async function addDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
