import { lockDataDir, openDataDir } from "./data-dir.ts";
import { openDatabase } from "./database.ts";
import type { Family } from "./family.ts";
import { readRunning } from "./running.ts";
import { keepSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

/**
 * The database for a script of its own: DATABASE_URL, else that of the market which runs on this
 * DATA_DIR, else DATA_DIR's PostgreSQL, started for as long as the script lasts.
 */
export async function openForScript(family: Family): Promise<{ url: string; dataDir: string }> {
  const settings = readSettings();
  const dataDir = settings.DATA_DIR;
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, dataDir };
  openDataDir(dataDir);
  let lock: ReturnType<typeof lockDataDir>;
  try {
    lock = lockDataDir(dataDir, "a script");
  } catch (error) {
    const { DATABASE_URL: url } = readRunning(dataDir);
    if (!url) throw error;
    return { url, dataDir };
  }
  family.atEnd(lock.release);
  const database = await openDatabase(settings, keepSecrets(dataDir), family);
  return { url: database.adminUrl, dataDir };
}
