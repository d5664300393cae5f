import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { Services } from "#app/load-context.ts";
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

/** The market's own server over real HTTP, before nothing but these routes, as behind a proxy. */
export async function serveRoutes(routes: Record<string, object>, services: Services) {
  const build = buildOf(routes);
  const app = createServer({ services, build, mode: "production", trustProxy: true });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const opened = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(opened),
    );
  });
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}
