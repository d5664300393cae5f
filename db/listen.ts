import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A line that broke is opened again after this. */
const PAUSE_MS = 500;
/** Whether the line still bears is asked this often: one that went silent says nothing by itself. */
const ASK_EVERY_MS = 5_000;
const PATIENCE_MS = 2_000;

type Hearer = {
  /** From now on everything is heard. */
  opened(): void;
  said(payload: string): void;
  /** From now on, and for some seconds before, what was said may not have been heard. */
  lost(): void;
};

/** Hears what is said by NOTIFY on a channel, on a connection of its own, until it is closed. */
export function listen(connectionString: string, channel: string, hearer: Hearer) {
  const closing = new AbortController();
  const { signal } = closing;
  let current: pg.Client | undefined;

  async function hear(): Promise<void> {
    const client = new pg.Client({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    current = client;
    const broken = new Promise<void>((resolve) => {
      client.on("error", () => resolve()).on("end", () => resolve());
    });
    client.on("notification", ({ payload = "" }) => hearer.said(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      if (signal.aborted) return;
      hearer.opened();
      while (!signal.aborted) {
        const pause = sleep(ASK_EVERY_MS, undefined, { signal, ref: false }).then(() => "ask");
        if ((await Promise.race([broken, pause])) !== "ask") break;
        await client.query("select 1");
      }
    } finally {
      hearer.lost();
      await client.end().catch(() => {});
    }
  }

  async function goOn(): Promise<void> {
    while (!signal.aborted) {
      // Why it broke is told by every page that asks the database; here it is only opened again.
      await hear().catch(() => {});
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }

  const over = goOn();
  return {
    async close(): Promise<void> {
      closing.abort();
      await current?.end().catch(() => {});
      await over;
    },
  };
}
