import {
  type AppLoadContext,
  createRequestHandler,
  data,
  type EntryContext,
  type ServerBuild,
} from "@remix-run/server-runtime";
import { expect, test } from "vitest";
import { unshipped } from "./unshipped.ts";

/** A page whose loader answers this; what it is drawn from comes back. */
async function drawnFrom(loader: () => unknown) {
  let drawn: unknown;
  const draw = (_: Request, status: number, headers: Headers, remix: EntryContext) => {
    drawn = remix.staticHandlerContext.loaderData.page;
    return new Response("the page", { status, headers });
  };
  const build = {
    entry: { module: { default: draw, handleError: () => {} } },
    routes: {
      root: { id: "root", path: "", module: { default: () => null } },
      page: { id: "page", parentId: "root", path: "page", module: { default: () => null, loader } },
    },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    ...{ basename: "/", publicPath: "/", assetsBuildDirectory: "", isSpaMode: false },
    ...{ mode: "production", future: { v3_singleFetch: true, v3_throwAbortReason: true } },
  } as unknown as ServerBuild;
  const handle = createRequestHandler(unshipped(build), "production");
  const answer = await handle(new Request("http://market.test/page"), {} as AppLoadContext);
  return { status: answer.status, drawn, location: answer.headers.get("location") };
}

/** A list that counts how often somebody goes through it. */
function watched() {
  let walks = 0;
  const ownKeys = (rows: object) => {
    walks++;
    return Reflect.ownKeys(rows);
  };
  return { rows: new Proxy({ first: 1 }, { ownKeys }), walks: () => walks };
}

test("what a page is drawn from is not encoded for scripts, and the page has all of it", async () => {
  const { rows, walks } = watched();
  const { status, drawn } = await drawnFrom(() => ({ rows, at: new Date(0) }));
  expect([status, walks()]).toEqual([200, 0]);
  expect(drawn).toEqual({ rows: { first: 1 }, at: new Date(0) });
  expect({ ...(drawn as object) }).toEqual({ rows: { first: 1 }, at: new Date(0) });
});

test("a page's own status and another answer in its place stay what they are", async () => {
  const refused = await drawnFrom(() => data({ problem: "gone" }, { status: 410 }));
  expect(refused).toMatchObject({ status: 410, drawn: { problem: "gone" } });
  const away = () => new Response(null, { status: 303, headers: { Location: "/sign-in" } });
  expect(await drawnFrom(away)).toMatchObject({ status: 303, location: "/sign-in" });
  for (const nothing of [null, "words", Object.freeze({ fixed: true })]) {
    expect(await drawnFrom(() => nothing)).toMatchObject({ status: 200, drawn: nothing });
  }
});
