import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Kysely } from "kysely";
import pg from "pg";
import { createDb, createPool } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import type { DB } from "#db/schema.d.ts";

const ADVISORY_LOCK = 7_405_001;
/** A test machine may be as slow as it likes. */
const PATIENCE = { waitMs: 60_000, reachMs: 60_000 };

export type TestDatabase = { db: Kysely<DB>; url: string; drop(): Promise<void> };

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("TEST_DATABASE_URL is not set: run the tests with `npm test`");
  return url;
}

function databaseUrl(name: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** A template's name carries the hash of the migrations, so that a changed schema makes a new one. */
function templateName(): string {
  const folder = new URL("../../db/migrations/", import.meta.url);
  const hash = createHash("sha256");
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    hash.update(readFileSync(new URL(file, folder)));
  }
  return `tianji_template_${hash.digest("hex").slice(0, 12)}`;
}

async function ensureTemplate(admin: pg.Client): Promise<string> {
  const template = templateName();
  await admin.query("select pg_advisory_lock($1)", [ADVISORY_LOCK]);
  try {
    const found = await admin.query(
      "select 1 from pg_database where datname = $1 and datistemplate",
      [template],
    );
    if (found.rowCount === 0) {
      await admin.query(`drop database if exists ${template} with (force)`);
      await admin.query(`create database ${template}`);
      await migrate(databaseUrl(template));
      await admin.query(`alter database ${template} with is_template true`);
    }
  } finally {
    await admin.query("select pg_advisory_unlock($1)", [ADVISORY_LOCK]);
  }
  return template;
}

/** The same database with the rights that the market has while it runs; the caller destroys it. */
export function openAsApp({ url }: Pick<TestDatabase, "url">): Kysely<DB> {
  const asApp = new URL(url);
  asApp.searchParams.set("options", "-c role=tianji_app");
  return createDb(createPool(asApp.href, 10, PATIENCE));
}

/**
 * A fresh, migrated, empty PostgreSQL database of its own for one test file.
 * Cloning a template takes some 50 ms; migrating takes ten times as long.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = new pg.Client({ connectionString: adminUrl() });
  await admin.connect();
  const name = `tianji_test_${randomBytes(6).toString("hex")}`;
  try {
    const template = await ensureTemplate(admin);
    await admin.query(`create database ${name} template ${template}`);
  } finally {
    await admin.end();
  }
  const db = createDb(createPool(databaseUrl(name), 20, PATIENCE));
  return {
    db,
    url: databaseUrl(name),
    async drop() {
      await db.destroy();
      const client = new pg.Client({ connectionString: adminUrl() });
      await client.connect();
      await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
    },
  };
}
