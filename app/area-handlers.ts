import {
  createRequestHandler,
  type RequestHandler,
  type ServerBuild,
} from "@remix-run/server-runtime";
import { unshipped } from "./unshipped.ts";

type Routes = ServerBuild["routes"];
type Route = Routes[string];

const ROOT = "root";
/** A part of an address that is written as routes are: nothing else can be meant by it. */
const FIXED = /^[a-z][a-z-]*$/;

/** Its first two parts, "" where it has none; null where one is not written as routes are. */
function placeOf(pathname: string): { area: string | null; part: string | null } {
  const [, area = "", part = "", ...more] = pathname.split("/");
  const isLast = more.length === 0;
  if (area === "") return { area: isLast && part === "" ? "" : null, part: null };
  if (!FIXED.test(area)) return { area: null, part: null };
  return { area, part: FIXED.test(part) || (part === "" && isLast) ? part : null };
}

/** The whole path of a route, those above it included. */
function pathOf(routes: Routes, { parentId, path = "" }: Route): string {
  const above = parentId === undefined || parentId === ROOT ? undefined : routes[parentId];
  const before = above ? pathOf(routes, above) : "";
  return before && path ? `${before}/${path}` : before || path;
}

/** Whether the route, or one below it, may answer in that area, and where it is said in that part of it. */
function mayAnswer(routes: Routes, route: Route, area: string, part: string | null): boolean {
  if (route.id === ROOT) return true;
  const [first = "", second = ""] = pathOf(routes, route).split("/");
  // One without a path of its own answers wherever those below it do; an index of the root at home alone.
  if (first === "") return !route.index || area === "";
  if (FIXED.test(first) && first !== area) return false;
  return part === null || !FIXED.test(second) || second === part;
}

/**
 * Answers pages as the framework's own handler does. That one holds an address against every route
 * there is, four times a request, and puts them in order anew each time: with a hundred routes a
 * fifth of what the web server did. So each area ("cart", "farm", …), and each part of one
 * ("coop/parcels", …), gets a handler that knows only the routes which can answer there. An address
 * that is not written as routes are (in capitals, with %-signs) is answered by one that knows more.
 * Pages hold no script of the framework, so nothing in the browser asks for the other routes.
 */
export function handlerByArea(asBuilt: ServerBuild, mode: string): RequestHandler {
  const build = unshipped(asBuilt);
  const all = createRequestHandler(build, mode);
  const places = new Map<string, RequestHandler>();
  const routes = Object.values(build.routes);

  /** One that knows the routes which may answer there; undefined where none has such an address. */
  function handlerAt(area: string, part: string | null): RequestHandler | undefined {
    const isThere = (route: Route) => {
      const [first = "", second = ""] = pathOf(build.routes, route).split("/");
      return first === area && (part === null || second === part);
    };
    if (!routes.some(isThere)) return undefined;
    const own = routes.filter((route) => mayAnswer(build.routes, route, area, part));
    const known = Object.fromEntries(own.map((route) => [route.id, route]));
    // What draws the page looks for a module of each route that the manifest names.
    const named = Object.entries(build.assets.routes).filter(([id]) => id in known);
    const assets = { ...build.assets, routes: Object.fromEntries(named) };
    return createRequestHandler({ ...build, routes: known, assets }, mode);
  }

  for (const route of routes) {
    const [area = "", second = ""] = pathOf(build.routes, route).split("/");
    if (area !== "" && !FIXED.test(area)) continue;
    for (const part of [null, FIXED.test(second) ? second : ""]) {
      const key = keyOf(area, part);
      const handler = places.has(key) || route.id === ROOT ? undefined : handlerAt(area, part);
      if (handler) places.set(key, handler);
    }
  }
  return (request, context) => {
    const { area, part } = placeOf(new URL(request.url).pathname);
    if (area === null) return all(request, context);
    const handler = places.get(keyOf(area, part)) ?? places.get(keyOf(area, null)) ?? all;
    return handler(request, context);
  };
}

const keyOf = (area: string, part: string | null) => (part === null ? area : `${area}/${part}`);
