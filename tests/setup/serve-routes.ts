import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { Services } from "#app/load-context.ts";
import { readyPagesFirst } from "#app/page-cache/answer-pages.ts";
import type { PageCache } from "#app/page-cache/page-cache.ts";
import { createServer } from "#app/server.ts";

const page = () => null;

function buildOf(routes: Record<string, object>): ServerBuild {
  return {
    entry: {
      module: {
        default: (_: Request, status: number, headers: Headers) =>
          new Response("a page", { status, headers }),
        handleError: () => {},
      },
    },
    routes: {
      root: { id: "root", path: "", module: { default: page, ErrorBoundary: page } },
      ...Object.fromEntries(
        Object.entries(routes).map(([path, module]) => [
          path,
          { id: path, path, parentId: "root", module },
        ]),
      ),
    },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    ...{ basename: "/", publicPath: "/", assetsBuildDirectory: "", isSpaMode: false },
    ...{ mode: "production", future: { v3_singleFetch: true, v3_throwAbortReason: true } },
  } as unknown as ServerBuild;
}

/**
 * The market's own server over real HTTP, before nothing but these routes, as behind a proxy; with
 * `pages`, those that are the same for all stand ready.
 */
export async function serveRoutes(
  routes: Record<string, object>,
  services: Services,
  pages?: PageCache,
) {
  const build = buildOf(routes);
  const app = createServer({ services, build, mode: "production", trustProxy: true, pages });
  const listener = getRequestListener(app.fetch);
  const others: RequestListener = (request, response) => void listener(request, response);
  const server = createHttpServer(pages ? readyPagesFirst(pages, others) : others);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}
