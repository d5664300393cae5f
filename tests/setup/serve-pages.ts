import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/server-runtime";
import * as entry from "#app/entry.server.tsx";
import type { Services } from "#app/load-context.ts";
import * as root from "#app/root.tsx";
import { createServer } from "#app/server.ts";

type Module = { loader?: unknown; action?: unknown };

/** A route needs a name that is not empty. */
const HOME = "/";

function buildOf(pages: Record<string, Module>): ServerBuild {
  const modules: Record<string, Module> = { root, ...pages };
  const routeOf = (id: string) =>
    id === "root" ? { id, path: "" } : { id, path: id === HOME ? "" : id, parentId: "root" };
  const all = Object.entries(modules);
  return {
    entry: { module: entry },
    routes: Object.fromEntries(all.map(([id, module]) => [id, { ...routeOf(id), module }])),
    assets: {
      entry: { imports: [], module: "" },
      routes: Object.fromEntries(
        all.map(([id, { loader, action }]) => [
          id,
          { ...routeOf(id), module: "", hasLoader: !!loader, hasAction: !!action },
        ]),
      ),
      url: "",
      version: "",
    },
    ...{ basename: "/", publicPath: "/", assetsBuildDirectory: "", isSpaMode: false },
    ...{ mode: "production", future: { v3_singleFetch: true, v3_throwAbortReason: true } },
  } as unknown as ServerBuild;
}

/** The market's own server over real HTTP with these pages drawn whole, as readers get them. */
export async function servePages(pages: Record<string, Module>, services: Services) {
  const build = buildOf(pages);
  const app = createServer({ services, build, mode: "production", trustProxy: true });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const opened = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(opened),
    );
  });
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    const { status, url, headers: said } = answer;
    return { status, url, html: await answer.text(), headers: said };
  };
  /** A form as a browser sends it, fields of one name as pairs; where it leads is not followed. */
  const post = async (
    path: string,
    fields: Record<string, string> | [string, string][] | FormData,
    headers: Record<string, string> = {},
  ) => {
    const base = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${base}${path}`, {
      ...{ method: "POST", redirect: "manual" },
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
      headers: { origin: base, ...headers },
    });
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, location, html: await answer.text() };
  };
  return { get, post, port, close: () => new Promise((resolve) => server.close(resolve)) };
}
