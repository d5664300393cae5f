import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ActionFunctionArgs } from "@remix-run/node";
import { runOnce, type TaskList } from "graphile-worker";
import { sql } from "kysely";
import pino from "pino";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { tasks } from "#app/jobs/tasks.ts";
import type { Services } from "#app/load-context.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action } from "./stripe.ts";

let database: TestDatabase;
let payments: TestPayments;
let server: Server;
const statuses: number[] = [];
const log = { warn: vi.fn() };
beforeEach(() => log.warn.mockClear());

function send(body: string | Uint8Array<ArrayBuffer>, signature: string): Promise<Response> {
  const request = new Request("http://localhost/webhooks/stripe", {
    method: "POST",
    headers: { "stripe-signature": signature },
    body,
  });
  const context = { db: database.db, payments: payments.gateway, log };
  return action({ request, context, params: {} } as unknown as ActionFunctionArgs);
}

/** The route, reachable over HTTP for the sandbox's courier. */
function listen(): Promise<string> {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks).toString();
      const answer = await send(body, String(request.headers["stripe-signature"]));
      statuses.push(answer.status);
      response.writeHead(answer.status).end(await answer.text());
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`);
    });
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  payments = await startTestPayments(await listen());
});
afterAll(async () => {
  await payments.close();
  server.closeAllConnections();
  server.close();
  await database.drop();
});

/** The worker's own task list; what the payment jobs do not touch is not there. */
async function workQueue() {
  const services = {
    db: database.db,
    payments: payments.gateway,
    log: pino({ level: "silent" }),
    search: { syncListing: async () => {} },
  } as unknown as Services;
  await runOnce({ connectionString: database.url, taskList: tasks(services) as TaskList });
}

async function delivered(count: number) {
  for (let tries = 0; statuses.length < count && tries < 300; tries++) await sleep(20);
}

const signed = (body: string, secret = "whsec_test", timestamp = Math.floor(Date.now() / 1000)) =>
  new Stripe("sk_test_x").webhooks.generateTestHeaderString({ payload: body, secret, timestamp });

const event = (id: string, type = "product.created") =>
  JSON.stringify({
    id,
    object: "event",
    type,
    created: 1_700_000_000,
    data: { object: { id: "prod_1", object: "product" } },
  });

describe("the webhook", () => {
  test("settles an order that was paid, each event delivered three times and out of order", async () => {
    await payments.control({ duplicate: 2, disorder: true });
    const listing = await makeListing(database.db);
    const order = await makeCheckout(database.db, payments, [{ listing, quantity: 2 }]);
    await payments.pay(order.url);
    await delivered(9);
    expect(statuses).toEqual(Array.from({ length: 9 }, () => 200));
    await workQueue();
    expect(await standingOf(database.db, order.orderId)).toEqual({
      status: "paid",
      payments: [{ status: "succeeded", fen: order.totalFen }],
      refunds: [],
    });
    expect(await stockOf(database.db, listing.lotIds)).toEqual({ available: 8, held: 0, sold: 2 });
    expect((await booksOf(database.db))["stripe:clearing"]).toBe(order.totalFen);
    const { rows } = await sql<{ outcome: string }>`
      select outcome from stripe_events where type = 'checkout.session.completed'`.execute(
      database.db,
    );
    expect(rows).toEqual([{ outcome: "settled" }]);
  });

  test.each([
    ["a byte order mark before the body", [0xef, 0xbb, 0xbf], "", "x"],
    ["broken UTF-8 where U+FFFD was signed", [], "\uFFFD", "\uFFFD"],
  ])("refuses bytes that only read like what was signed: %s", async (_, before, text, mark) => {
    const body = event(`evt_${before.length}${mark}`, `product.${text}`);
    const bytes = Buffer.from(body.replaceAll("\uFFFD", "\u00ff"), text ? "latin1" : "utf8");
    const sent = new Uint8Array([...before, ...bytes]);
    expect(new TextDecoder().decode(sent)).toBe(body);
    expect((await send(sent, signed(body))).status).toBe(400);
  });

  test("refuses an empty signature, and does not stumble over it", async () => {
    const header = `t=${Math.floor(Date.now() / 1000)},v1=`;
    expect((await send(event("evt_empty"), header)).status).toBe(400);
  });

  test("keeps a kind of event it does not know, once, and answers well", async () => {
    const body = event("evt_unknown");
    expect(await (await send(body, signed(body))).json()).toEqual({ received: true, isNew: true });
    expect(await (await send(body, signed(body))).json()).toEqual({ received: true, isNew: false });
    const { rows } =
      await sql`select outcome from stripe_events where event_id = 'evt_unknown'`.execute(
        database.db,
      );
    expect(rows).toEqual([{ outcome: "ignored" }]);
  });

  test("refuses a signed event with a letter that the database cannot keep, by its own word", async () => {
    for (const body of [event("evt_\0"), event("evt_nul", "product.\0")]) {
      const answer = await send(body, signed(body));
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ error: "no-event" });
    }
  });

  test.each([
    ["a time that is none", { created: "zz" }],
    ["a time beyond all years", { created: 1e300 }],
    ["no time", { created: undefined }],
    ["a time before all", { created: -1e15 }],
  ])("does not send Stripe away over %s, and asks for its checkout", async (what, odd) => {
    const id = `cs_${what.replaceAll(" ", "_")}`;
    const object = { id, object: "checkout.session" };
    const sent = { id: `evt_${id}`, object: "event", type: "t", ...odd, data: { object } };
    const body = JSON.stringify(sent);
    expect((await send(body, signed(body))).status).toBe(200);
    expect(log.warn).toHaveBeenCalledOnce();
    const { rows } = await sql`select from graphile_worker.jobs
      where key = ${`settle-payment:${id}`}`.execute(database.db);
    expect(rows).toHaveLength(1);
  });

  test.each([
    ["dispute", "y".repeat(3_000)],
    ["refund", "y".repeat(256)],
    ["checkout.session", { a: 1 }],
    ["charge", 7],
  ])(
    "keeps an event of a %s whose id no Stripe would write, and asks for nothing",
    async (kind, id) => {
      const event = { id: `evt_odd_${kind}`, object: "event", type: "charge.refunded", created: 1 };
      const body = JSON.stringify({ ...event, data: { object: { id, object: kind, charge: id } } });
      expect((await send(body, signed(body))).status).toBe(200);
      expect(log.warn).toHaveBeenCalledOnce();
      const kept = database.db.selectFrom("stripe_events").select(["object_id", "outcome"]);
      expect(await kept.where("event_id", "=", event.id).execute()).toEqual([
        { object_id: "", outcome: "ignored" },
      ]);
    },
  );

  test.each([["evt_".padEnd(3_000, "x")], [7], [{ a: 1 }]])(
    "refuses a signed event that has no name of its own",
    async (id) => {
      const body = JSON.stringify({ ...JSON.parse(event("evt_x")), id });
      expect((await send(body, signed(body))).status).toBe(400);
      expect(log.warn).toHaveBeenCalledOnce();
    },
  );

  test.each(["{}", "[]", "null", '{"id":"evt_false","data":{}}', "not JSON"])(
    "refuses what is signed and is no event: %s",
    async (body) => {
      expect((await send(body, signed(body))).status).toBe(400);
    },
  );

  test.each([
    ["no signature", () => ""],
    ["nonsense", () => "t=1,v1=00"],
    ["another secret", (body: string) => signed(body, "whsec_other")],
    ["another body", () => signed(event("evt_other"))],
    [
      "a signature of six minutes ago",
      (body: string) => signed(body, "whsec_test", Math.floor(Date.now() / 1000) - 360),
    ],
  ])("refuses %s with 400 and keeps nothing", async (_what, signatureOf) => {
    const body = event("evt_false");
    expect((await send(body, signatureOf(body))).status).toBe(400);
    const { rows } = await sql`select 1 from stripe_events where event_id = 'evt_false'`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });
});
