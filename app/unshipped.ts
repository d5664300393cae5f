import {
  type ServerBuild,
  UNSAFE_SingleFetchRedirectSymbol as SHIPPED_AS_REDIRECT,
} from "@remix-run/server-runtime";

type Route = ServerBuild["routes"][string];
type Read = (args: never) => unknown;

/**
 * Marks what a page is drawn from. The framework encodes all of it for its scripts before it draws the
 * page, and pages of ours ship none of these: a fifth of the time that a long page took. It asks the
 * data first whether it is a redirect, of which it encodes where to, and for that nothing; the page
 * itself reads it as any other. Should a later version no longer ask, pages are slower and as right.
 */
function marked(read: unknown): unknown {
  if (typeof read !== "object" || read === null || read instanceof Response) return read;
  const isPlain = Object.getPrototypeOf(read) === Object.prototype;
  if (isPlain && Object.isExtensible(read)) {
    Object.defineProperty(read, SHIPPED_AS_REDIRECT, { value: null, configurable: true });
  }
  return read;
}

const marking = (read: Read) => async (args: never) => marked(await read(args));

function unshippedRoute(route: Route): Route {
  const { loader } = route.module;
  if (!loader) return route;
  return {
    ...route,
    module: { ...route.module, loader: marking(loader as Read) as typeof loader },
  };
}

/** The same build, whose pages are not encoded for scripts that none of them has. */
export function unshipped(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => [id, unshippedRoute(route)]);
  return { ...build, routes: Object.fromEntries(routes) };
}
