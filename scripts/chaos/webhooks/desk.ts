import { setTimeout as sleep } from "node:timers/promises";
import type { ActionFunctionArgs } from "@remix-run/node";
import { Logger, run, type TaskList } from "graphile-worker";
import { type Kysely, sql } from "kysely";
import pino from "pino";
import { tasks } from "#app/jobs/tasks.ts";
import type { Services } from "#app/load-context.ts";
import { action } from "#app/webhooks/stripe.ts";
import { createDb, createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, WEBHOOK_SECRET } from "#tests/setup/payments.ts";
import { signWebhook } from "../../sandbox/webhooks/sign.ts";
import { openInbox } from "./inbox.ts";

const PATIENCE_MS = 120_000;

function patientPool(url: string, connections: number) {
  const pool = createPool(url, connections, { waitMs: PATIENCE_MS, reachMs: PATIENCE_MS });
  // The worker asks for it: a connection in use must not end the process when it breaks.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/**
 * The webhook's route, the buyers' return and a worker, each with connections of its own, as they
 * are processes of their own in the market: none can starve another.
 */
export async function openDesk(database: TestDatabase) {
  const inbox = await openInbox();
  const payments = await startTestPayments(inbox.url);
  const hookDb = createDb(patientPool(database.url, 8));
  const returnDb = createDb(patientPool(database.url, 30));
  const workerPool = patientPool(database.url, 8);
  const log = pino({ level: "silent" });
  const search = { syncListing: async () => {} };
  const { gateway, sms } = payments;
  const services = { db: createDb(workerPool), payments: gateway, sms, log, search };
  const runner = await run({
    pgPool: workerPool,
    concurrency: 4,
    pollInterval: 200,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: tasks(services as unknown as Services) as TaskList,
  });
  const context = { db: hookDb, payments: gateway, log };
  return {
    database,
    payments,
    inbox,
    returnDb,
    /** Delivers a webhook, signed now; the status it was answered with. */
    async deliver(body: string): Promise<number> {
      const at = Math.floor(Date.now() / 1000);
      const headers = { "stripe-signature": signWebhook(body, WEBHOOK_SECRET, at) };
      const request = new Request("http://market.example/", { method: "POST", headers, body });
      const args = { request, context, params: {} } as unknown as ActionFunctionArgs;
      return (await action(args)).status;
    },
    async close() {
      await runner.stop();
      inbox.close();
      await payments.close();
      await Promise.all([hookDb.destroy(), returnDb.destroy(), services.db.destroy()]);
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Waits until the worker has nothing to do that is due. */
export async function untilWorked(db: Kysely<DB>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await sql<{ due: number }>`
      select count(*) as due from graphile_worker.jobs
      where run_at <= now() and attempts < max_attempts`.execute(db);
    if (rows[0]?.due === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`${rows[0]?.due} jobs were not worked`);
    await sleep(20);
  }
}
