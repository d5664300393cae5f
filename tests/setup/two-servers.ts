import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { type Kysely, sql } from "kysely";
import { vi } from "vitest";
import type { RequestContext, Services } from "#app/load-context.ts";
import { createPageCache } from "#app/page-cache/page-cache.ts";
import { securityHeaders } from "#app/security/headers.ts";
import { loader as home } from "#app/shop/home/page.tsx";
import { loader as produce } from "#app/shop/produce/page.tsx";
import { listen } from "#db/listen.ts";
import type { DB } from "#db/schema.d.ts";
import { type MadeHousehold, makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase } from "./database.ts";
import { send } from "./gate.ts";
import { openLine } from "./line.ts";
import { serveRoutes } from "./serve-routes.ts";

type Loader = (args: LoaderFunctionArgs) => unknown;

const setsCookie: Loader = ({ context }) => {
  (context as RequestContext).setCookie("told=1");
  return "told";
};

/** Two web servers with pages of their own on one database; the second behind a line to cut. */
export async function openTwoServers() {
  const database = await createTestDatabase();
  const line = await openLine(database.url);
  const count = { drawn: 0 };
  const first = await openServer(database.db, database.url, count);
  const second = await openServer(database.db, line.url, count);
  const both = [first, second];
  let marks = 0;

  /** Until all that was told so far is heard by both: what is told last is heard last. */
  async function allHeard(): Promise<string> {
    const mark = `mark ${++marks}`;
    for (const { pages } of both) await vi.waitUntil(pages.isHearing, { timeout: 10_000 });
    await sql`select pg_notify('shop', ${mark})`.execute(database.db);
    for (const { heard } of both) await vi.waitUntil(() => heard.includes(mark));
    return mark;
  }

  /** A listing of a household's, and nothing that stands ready or was heard. */
  async function restart(): Promise<{ household: MadeHousehold; listing: MadeListing }> {
    const household = await makeHousehold(database.db);
    const listing = await makeListing(database.db, { lots: [{ household, quantity: 3 }] });
    await allHeard();
    for (const { pages, heard } of both) {
      pages.said("");
      heard.length = 0;
    }
    count.drawn = 0;
    return { household, listing };
  }

  async function close(): Promise<void> {
    for (const server of both) await server.close();
    await line.cut();
    await database.drop();
  }
  return { db: database.db, line, first, second, both, count, allHeard, restart, close };
}

async function openServer(db: Kysely<DB>, url: string, count: { drawn: number }) {
  /** What a page is drawn from, as a page: the data that its own loader reads, and who asked. */
  const pageOf = (load: Loader) => async (args: LoaderFunctionArgs) => {
    count.drawn++;
    const { locale } = args.context as RequestContext;
    const asked = [...args.request.headers].map((pair) => pair.join(": "));
    const shown = { locale, asked, data: await load(args) };
    return new Response(JSON.stringify(shown), { headers: { "Content-Type": "text/html" } });
  };
  const services = { db, publicUrl: "http://market.example", log: { error() {} } };
  // Time stands still: nothing is drawn anew because it is old.
  const pages = createPageCache({ secured: securityHeaders(services), now: () => 0 });
  const heard: string[] = [];
  const said = (news: string) => {
    heard.push(news);
    pages.said(news);
  };
  const news = listen(url, "shop", { ...pages, said });
  const routes = {
    "produce/:listingId": { loader: pageOf(produce as Loader) },
    search: { loader: pageOf(home as Loader) },
    ledger: { loader: pageOf(setsCookie) },
    cart: { loader: pageOf(() => "a cart") },
  };
  const server = await serveRoutes(routes, services as unknown as Services, pages);
  await vi.waitUntil(pages.isHearing);
  const look = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    send(`http://127.0.0.1:${server.port}${path}`, { method, headers });
  return { pages, heard, look, close: () => Promise.all([news.close(), server.close()]) };
}
