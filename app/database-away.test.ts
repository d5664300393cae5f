import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type ServerBuild,
} from "@remix-run/node";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { isDatabaseAway } from "#db/database-away.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { send } from "#tests/setup/gate.ts";
import { openLine } from "#tests/setup/line.ts";
import { handleError } from "./entry.server.tsx";
import { readEnv } from "./env.ts";
import { createServer } from "./server.ts";
import { createServices } from "./services.ts";
import * as stripe from "./webhooks/stripe.ts";

const SECRET = "whsec_of_a_test";

type Answered = LoaderFunctionArgs | ActionFunctionArgs;
const ask = async ({ context }: Answered) => {
  await sql`select 1`.execute(context.db);
  return null;
};
const signedIn = async ({ request, context }: Answered) => {
  await context.auth.readSession(request.headers);
  return null;
};
const broken = async () => {
  throw Object.assign(new Error("of another service"), { code: "ECONNREFUSED" });
};
const wrong = ({ context }: Answered) => sql`select no_such_column`.execute(context.db);

const page = () => null;
const pages: Record<string, object> = {
  ask: { default: page, loader: ask, action: ask },
  "signed-in": { default: page, loader: signedIn, action: signedIn },
  refused: { default: page, loader: ask, action: () => data({}, { status: 422 }) },
  broken: { default: page, loader: broken, action: broken },
  wrong: { default: page, loader: wrong, action: wrong },
  "webhooks/stripe": stripe,
};

/** The market's server and its way of telling failures, before pages of the test's own. */
const build = {
  entry: {
    module: {
      default: (_: Request, status: number) => new Response("a page", { status }),
      handleError,
    },
  },
  routes: {
    root: { id: "root", path: "", module: { default: page, ErrorBoundary: page } },
    ...Object.fromEntries(
      Object.entries(pages).map(([id, module]) => [id, { id, path: id, parentId: "root", module }]),
    ),
  },
  assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
  ...{ basename: "/", publicPath: "/", assetsBuildDirectory: "", isSpaMode: false },
  ...{ mode: "production", future: { v3_singleFetch: true, v3_throwAbortReason: true } },
} as unknown as ServerBuild;

let database: TestDatabase;
let line: Awaited<ReturnType<typeof openLine>>;
let services: Awaited<ReturnType<typeof createServices>>;
let server: ReturnType<typeof serve>;
let market: string;
beforeAll(async () => {
  database = await createTestDatabase();
  line = await openLine(database.url);
  const at = "http://127.0.0.1:9";
  services = await createServices(
    readEnv({
      ...{ DATABASE_URL: line.url, DB_POOL: "3", AUTH_SECRET: "x".repeat(32), LOG_LEVEL: "silent" },
      ...{ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_URL: at },
      ...{ SMS_URL: at, SMS_KEY: "x".repeat(8), PUBLIC_URL: "http://market.example" },
    }),
    "test",
  );
  const app = createServer({ services, build, mode: "production", trustProxy: false });
  market = await new Promise((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info: AddressInfo) =>
      resolve(`http://127.0.0.1:${info.port}`),
    );
  });
});
afterEach(() => line.mend());
afterAll(async () => {
  server.close();
  await services.close();
  await line.cut();
  await database.drop();
});

const look = (path: string, method = "GET", lang = "zh") =>
  send(`${market}/${path}`, {
    method,
    headers: { cookie: `session=of.someone; lang=${lang}`, origin: market },
  });

/** Asks until the database is used again; how long that takes is not the point here. */
async function untilBack() {
  await expect.poll(async () => (await look("ask")).status, { timeout: 15_000 }).toBe(200);
}

const asks = ["ask", "signed-in", "refused"].flatMap((path) => [
  { path, method: "GET", says: "请等一会儿，再打开这个页面" },
  { path, method: "POST", says: "您填的内容都还在" },
]);

test.each(asks)(
  "$method /$path without a database is asked to come back, in words",
  async ({ path, method, says }) => {
    await untilBack();
    await line.cut();
    const { status, headers, text } = await look(path, method);
    expect({ status, after: headers["retry-after"] }).toEqual({ status: 503, after: "5" });
    expect(text).toContain(says);
    expect(text).not.toMatch(/ECONN|at file|node_modules|127\.0\.0\.1/);
    await line.mend();
    await untilBack();
  },
);

test("the page is in the reader's language and leads back to where she was", async () => {
  await line.cut();
  const { text } = await look("ask?page=2&of=apples", "GET", "en");
  expect(text).toContain("Please wait a moment and open this page again");
  expect(text).toContain('href="/ask?page=2&amp;of=apples"');
});

test("a database that takes connections and says nothing counts as away, for all who wait", async () => {
  await untilBack();
  line.freeze();
  const before = line.calls();
  const answers = await Promise.all(Array.from({ length: 20 }, () => look("ask")));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(503));
  // The pool holds three: those found out, and nobody after them waited to find out again.
  expect(line.calls() - before).toBeLessThanOrEqual(3);
  await line.mend();
  await untilBack();
});

test("a webhook that comes meanwhile is answered 503, so that it is sent again", async () => {
  const { default: Stripe } = await import("stripe");
  const payload = JSON.stringify({
    ...{ id: "evt_1", object: "event", type: "checkout.session.completed", created: 1_780_000_000 },
    data: { object: { id: "cs_1", object: "checkout.session" } },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
  const sent = () =>
    send(`${market}/webhooks/stripe`, {
      headers: { "stripe-signature": signature },
      body: payload,
    });
  await line.cut();
  expect((await sent()).status).toBe(503);
  await line.mend();
  await untilBack();
  expect((await sent()).status).toBe(200);
});

test("a bug stays a bug, and so does another service that is away", async () => {
  await untilBack();
  expect((await look("wrong")).status).toBe(500);
  expect((await look("broken")).status).toBe(500);
  expect((await look("broken", "POST")).status).toBe(500);
});

test("a statement under way when PostgreSQL ends its connection is asked to come back", async () => {
  await untilBack();
  const slow = sql`select pg_sleep(20)`.execute(services.db).catch((error) => error);

  await expect
    .poll(async () => {
      const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'select pg_sleep%'`.execute(database.db);
      return rows.length;
    })
    .toBe(1);
  expect(isDatabaseAway(await slow)).toBe(true);
});
