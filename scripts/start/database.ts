import pg from "pg";
import { migrate } from "#db/migrate.ts";
import type { Family } from "./family.ts";
import { startPostgres } from "./postgres/server.ts";
import { progress, say } from "./say.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { StopLine } from "./stop-line.ts";

export type Database = {
  /** The owner's address: for migrations and the seed. */
  adminUrl: string;
  /** The app's: a role that may not change or delete what the ledger holds. */
  appUrl: string;
};

const APP_ROLE = "tianji_app";

/** The database of the settings, or our own in DATA_DIR; migrated, with the app's role ready. */
export async function openDatabase(
  settings: Settings,
  secrets: Secrets,
  family: Family,
): Promise<Database> {
  const given = settings.DATABASE_URL;
  if (given) await connectOnce(given);
  const own = given ? undefined : await startPostgres(settings.DATA_DIR, secrets.postgres, family);
  const adminUrl = given ?? own?.adminUrl ?? "";
  const step = progress("bringing the schema up to date 正在更新数据结构");
  await migrate(adminUrl);
  step.done();
  return { adminUrl, appUrl: own ? await ownRole(adminUrl, secrets) : await lentRole(adminUrl) };
}

/** One try, with the reason in the reader's words; the password is never shown. */
async function connectOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const found = await client.query("show server_version_num");
    const version = Number(found.rows[0]?.server_version_num);
    if (version < 160_000) {
      throw new StopLine(
        `DATABASE_URL leads to PostgreSQL ${Math.floor(version / 10_000)}: 16 or newer is needed.`,
      );
    }
  } catch (error) {
    if (error instanceof StopLine) throw error;
    const { code, message } = error as { code?: string; message: string };
    throw new StopLine(
      `DATABASE_URL does not connect: ${message || code}. Correct it, or leave it away.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** In our own cluster the app signs in with a role and a password of its own. */
async function ownRole(adminUrl: string, secrets: Secrets): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const password = client.escapeLiteral(secrets.app);
    await client.query(`alter role ${APP_ROLE} login password ${password}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = APP_ROLE;
  url.password = secrets.app;
  return url.href;
}

/**
 * In a database of others the app takes the role on inside the session, where it may: who made a role
 * without being a superuser has to grant it to herself first (PostgreSQL 16). Where it may not, that is
 * said: the app could then undo what the ledger's rights forbid.
 */
async function lentRole(adminUrl: string): Promise<string> {
  await grantToSelf(adminUrl);
  const url = new URL(adminUrl);
  url.searchParams.set("options", `-c role=${APP_ROLE}`);
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 8_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    return url.href;
  } catch (error) {
    say(
      `! the app works with all rights of DATABASE_URL's user, who may not take on the role ${APP_ROLE}: ${(error as Error).message}`,
    );
    return adminUrl;
  } finally {
    await client.end().catch(() => {});
  }
}

async function grantToSelf(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 8_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(`grant ${APP_ROLE} to current_user`);
  } catch {
    // A superuser needs no grant; who may not grant is told by the role that is not lent.
  } finally {
    await client.end().catch(() => {});
  }
}
