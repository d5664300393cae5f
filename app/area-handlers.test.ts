import type { RouteConfigEntry } from "@remix-run/route-config";
import {
  type AppLoadContext,
  createRequestHandler,
  type ServerBuild,
} from "@remix-run/server-runtime";
import { describe, expect, test } from "vitest";
import { handlerByArea } from "./area-handlers.ts";
import routes from "./routes.ts";

/** What each route of the market would do here: say who it is and what it read of the address. */
const answering = (id: string) => ({
  loader: ({ params }: { params: object }) => Response.json({ id, params }),
});

/** A build of these routes. */
function buildOf(entries: readonly RouteConfigEntry[]): ServerBuild {
  const known: Record<string, object> = { root: { id: "root", path: "", module: {} } };
  const add = (entry: RouteConfigEntry, parentId: string) => {
    const { file, id = file, path, index, children = [] } = entry;
    const module = children.length > 0 ? {} : answering(id);
    known[id] = { id, parentId, path, index, module };
    for (const child of children) add(child, id);
  };
  for (const entry of entries) add(entry, "root");
  return {
    entry: { module: { default: () => new Response("no page"), handleError: () => {} } },
    routes: known,
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    ...{ basename: "/", publicPath: "/", assetsBuildDirectory: "", isSpaMode: false },
    ...{ mode: "production", future: { v3_singleFetch: true, v3_throwAbortReason: true } },
  } as unknown as ServerBuild;
}

async function ask(handler: ReturnType<typeof createRequestHandler>, path: string) {
  const context = {} as AppLoadContext;
  const answer = await handler(new Request(`http://market.test${path}`), context);
  return [answer.status, await answer.text()];
}

describe("handlers by area", () => {
  const build = buildOf(routes);
  const byArea = handlerByArea(build, "production");
  const knowingAll = createRequestHandler(build, "production");
  const own = routes.map(({ path = "", file, id = file }) => ({
    address: `/${path.replaceAll(/:\w+/g, "x1")}`,
    id,
  }));

  test.each(own)("answer $address with its own route", async ({ address, id }) => {
    const [status, text] = await ask(byArea, address);
    expect([status, JSON.parse(String(text)).id]).toEqual([200, id]);
  });

  test.each([
    ...["/Farm", "/FARM/Listings", "/%66arm", "/cart/", "//cart", "/cart//", "/nothing", "/*"],
    ...["/farm/nothing/here", "/cart/x", "/orders/%2F", "/orders/a%20b", "/consent/a.b", "/c art"],
    ...["/cart?x=/farm", "/farms", "/farm-", "/ordersx/1", "/search.data"],
    ...["/coop/nothing", "/coop/Parcels", "/coop/parcels/", "/coop//parcels", "/coop/parcels/x1/"],
    ...["/coop/parcels/x%201", "/coop/parcels/chosen/x", "/coop/", "/farm/nothing", "/orders/my-9"],
  ])("answer %s as the one handler does that knows all", async (address) => {
    expect(await ask(byArea, address)).toEqual(await ask(knowingAll, address));
  });

  test.each(own)("draw $address with a module of every route the manifest names", async (page) => {
    const drawn = buildOf(routes);
    for (const [id, route] of Object.entries(drawn.routes)) {
      route.module = { default: () => null };
      drawn.assets.routes[id] = { id } as (typeof drawn.assets.routes)[string];
    }
    drawn.entry.module.default = (_request, _status, _headers, { manifest, routeModules }) =>
      new Response(JSON.stringify(Object.keys(manifest.routes).filter((id) => !routeModules[id])));
    expect(await ask(handlerByArea(drawn, "production"), page.address)).toEqual([200, "[]"]);
  });

  test("reach a page below another, and one whose first part is not fixed", async () => {
    const nested = buildOf([
      { path: "shop", file: "frame", children: [{ path: "here/:id", file: "inner" }] },
      { file: "plain", children: [{ path: "elsewhere", file: "outer" }] },
      { path: ":lang/about", file: "about" },
    ] as RouteConfigEntry[]);
    const handler = handlerByArea(nested, "production");
    for (const [path, file] of [
      ["/shop/here/1", "inner"],
      ["/elsewhere", "outer"],
      ["/shop/about", "about"],
      ["/zh/about", "about"],
    ] as const) {
      expect((await ask(handler, path))[1]).toContain(`"id":"${file}"`);
    }
  });
});
