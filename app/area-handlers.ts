import {
  createRequestHandler,
  type RequestHandler,
  type ServerBuild,
} from "@remix-run/server-runtime";

type Routes = ServerBuild["routes"];
type Route = Routes[string];

const ROOT = "root";
/** The first part of an address that is written as routes are; "" of the home page. */
const AREA = /^\/(?:$|([a-z][a-z-]*)(?:\/|$))/;

const areaOf = (path: string) => {
  const found = AREA.exec(path);
  return found ? (found[1] ?? "") : null;
};

/** The route right below the root that this one belongs to. */
function topOf(routes: Routes, route: Route): Route {
  const above = route.parentId ? routes[route.parentId] : undefined;
  return above && above.id !== ROOT ? topOf(routes, above) : route;
}

/** The area a route answers in; null when it may answer anywhere, as `*` does. */
function areaOfRoute(routes: Routes, route: Route): string | null {
  if (route.id === ROOT) return null;
  const { index, path } = topOf(routes, route);
  if (path) return areaOf(`/${path}`);
  return index ? "" : null;
}

/**
 * Answers pages as the framework's own handler does. That one holds an address against every route
 * there is, four times a request, and puts them in order anew each time: with a hundred routes a
 * fifth of what the web server did. So each area ("cart", "farm", …) gets a handler that knows only
 * the routes which can answer there. An address that is not written as routes are (in capitals, with
 * %-signs) is answered by one that knows all.
 * Pages hold no script of the framework, so nothing in the browser asks for the other routes.
 */
export function handlerByArea(build: ServerBuild, mode: string): RequestHandler {
  const all = createRequestHandler(build, mode);
  const areas = new Map<string, RequestHandler>();
  const routes = Object.values(build.routes).map((route) => ({
    route,
    area: areaOfRoute(build.routes, route),
  }));
  for (const area of new Set(routes.map((one) => one.area))) {
    if (area === null) continue;
    const own = routes.filter((one) => one.area === area || one.area === null);
    const known = Object.fromEntries(own.map(({ route }) => [route.id, route]));
    // What draws the page looks for a module of each route that the manifest names.
    const named = Object.entries(build.assets.routes).filter(([id]) => id in known);
    const assets = { ...build.assets, routes: Object.fromEntries(named) };
    areas.set(area, createRequestHandler({ ...build, routes: known, assets }, mode));
  }
  return (request, context) => {
    const area = areaOf(new URL(request.url).pathname);
    const handler = (area !== null && areas.get(area)) || all;
    return handler(request, context);
  };
}
