import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ActionFunctionArgs } from "@remix-run/node";
import { runOnce, type TaskList } from "graphile-worker";
import { sql } from "kysely";
import pino from "pino";
import { tasks } from "#app/jobs/tasks.ts";
import type { Services } from "#app/load-context.ts";
import { action } from "#app/webhooks/stripe.ts";
import { createPool } from "#db/client.ts";
import { createTestDatabase } from "./database.ts";
import { startTestPayments } from "./payments.ts";

const log = pino({ level: "silent" });

/** A market that Stripe can reach: its webhook over HTTP, and a worker for what that queues. */
export async function startReachableMarket() {
  const database = await createTestDatabase();
  // The worker's own: a pool that graphile-worker makes itself dies loudly with the database.
  const pool = createPool(database.url, 5);
  pool.on("connect", (client) => client.on("error", () => {}));
  let receive: (body: string, signature: string) => Promise<Response>;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const signature = String(request.headers["stripe-signature"]);
      // What comes while the market closes is not kept, and is answered as Stripe would see it.
      const received = receive(Buffer.concat(chunks).toString(), signature);
      const answer = await received.catch(() => new Response(null, { status: 500 }));
      response.writeHead(answer.status).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const payments = await startTestPayments(`http://127.0.0.1:${port}/webhooks/stripe`);
  const services = {
    db: database.db,
    payments: payments.gateway,
    sms: payments.sms,
    log,
    search: { syncListing: async () => {} },
  } as unknown as Services;
  receive = (body, signature) => {
    const headers = { "stripe-signature": signature };
    const request = new Request(payments.url, { method: "POST", headers, body });
    return action({ request, context: services, params: {} } as unknown as ActionFunctionArgs);
  };
  const workQueue = () =>
    runOnce({ pgPool: pool, taskList: tasks(services) as TaskList, noHandleSignals: true });
  return {
    ...database,
    payments,
    /** Waits until an event of the type is kept about the object, then works the whole queue. */
    async hear(type: string, objectId: string): Promise<void> {
      for (let tries = 0; ; tries++) {
        const { rows } = await sql`select 1 from stripe_events
          where type = ${type} and object_id = ${objectId}`.execute(database.db);
        if (rows.length > 0) break;
        if (tries === 300) throw new Error(`no ${type} of ${objectId} came`);
        await sleep(20);
      }
      await workQueue();
      // What came last while the worker was at it.
      await sleep(100);
      await workQueue();
    },
    async close() {
      await payments.close();
      server.closeAllConnections();
      server.close();
      await pool.end();
      await database.drop();
    },
  };
}
