import { RemixServer } from "@remix-run/react";
import {
  type AppLoadContext,
  createRequestHandler,
  type EntryContext,
  type ServerBuild,
} from "@remix-run/server-runtime";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createDb, createPool } from "#db/client.ts";

/** The page to draw, and how long each round lasts. */
export type Render = { databaseUrl: string; url: string };
export type Rendered = { perSecond: number; html: string };

// Draws one page again and again from data in memory, as a process of its own: renderToString of the
// tree that the market draws, and nothing else.
process.once("message", async ({ databaseUrl, url }: Render) => {
  const pool = createPool(databaseUrl, 2);
  const publicUrl = new URL(url).origin;
  const market = { db: createDb(pool), locale: "zh", publicUrl, hasSandboxPage: true };
  const remix = await treeOf(url, market);
  const draw = () => renderToString(createElement(RemixServer, { context: remix, url }));
  process.on("message", ({ ms }: { ms: number }) => {
    const began = performance.now();
    let pages = 0;
    for (; performance.now() - began < ms; pages++) draw();
    const perSecond = (pages * 1000) / (performance.now() - began);
    process.send?.({ perSecond, html: `<!DOCTYPE html>${draw()}` } satisfies Rendered);
  });
  process.send?.("ready");
});
process.on("disconnect", () => process.exit());

/** All that a page is drawn from, read once as the market's own handler reads it. */
async function treeOf(url: string, context: object): Promise<EntryContext> {
  const path = new URL("../../../build/server/index.js", import.meta.url).href;
  const build: ServerBuild = await import(path);
  let tree: EntryContext | undefined;
  const keep = (_: Request, status: number, headers: Headers, remix: EntryContext) => {
    tree = remix;
    return new Response("", { status, headers });
  };
  const entry = { ...build.entry, module: { ...build.entry.module, default: keep } };
  const handle = createRequestHandler({ ...build, entry } as ServerBuild, "production");
  const answer = await handle(new Request(url), context as AppLoadContext);
  if (!tree || answer.status !== 200) throw new Error(`${url} was answered ${answer.status}`);
  // A stream for the framework's scripts, of which there are none; it can be read only once.
  return { ...tree, serverHandoffStream: undefined };
}
