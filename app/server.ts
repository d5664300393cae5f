import { serveStatic } from "@hono/node-server/serve-static";
import { createRequestHandler, type ServerBuild } from "@remix-run/server-runtime";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { getCookie } from "hono/cookie";
import { buyerOf } from "#app/account/guards.ts";
import { findOrder } from "#app/domain/orders/find-order.ts";
import { readRoles } from "#app/domain/people/read-roles.ts";
import { photoResponse } from "#app/gateways/serve-photo.ts";
import { localeInUrl } from "#app/i18n/asked-locale.ts";
import { defaultLocale, isLocale } from "#app/i18n/locale.ts";
import { localeCookie } from "#app/i18n/switch-locale.ts";
import type { RequestContext, Services } from "#app/load-context.ts";
import { keepPages } from "#app/page-cache/answer-pages.ts";
import type { PageCache } from "#app/page-cache/page-cache.ts";
import { originOf } from "#app/security/act-origin.ts";
import { actingFrom } from "#app/security/acting-from.ts";
import { bodyLimits } from "#app/security/body-limits.ts";
import { isWebhook } from "#app/security/changing.ts";
import { addressOf } from "#app/security/client-address.ts";
import { secureHeaders } from "#app/security/headers.ts";
import { knownMethods } from "#app/security/methods.ts";
import { ownOriginOnly } from "#app/security/own-origin.ts";
import { bareAnswer, isBare, refusal } from "#app/security/refusal.ts";
import { requestLimits } from "#app/security/request-limits.ts";
import { readVisitor } from "#app/security/visitor.ts";
import { isDatabaseAway } from "#db/database-away.ts";
import { handlerByArea } from "./area-handlers.ts";

export type ServerOptions = {
  services: Services;
  /** The built pages; in development a function that asks Vite for the newest ones. */
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
  trustProxy: boolean;
  /** Answer by the name the browser used: for a market whose own address is not set. */
  followsHost?: boolean;
  /** Where a payment form may lead besides ourselves. */
  paymentOrigins?: readonly string[];
  /** Where pages that are the same for all are kept ready; without it each is drawn anew. */
  pages?: PageCache;
  /** More routes before the pages: the sandbox's, where there is one. */
  mount?: (app: Hono) => void;
};

const FOREVER = "public, max-age=31536000, immutable";
const AN_HOUR = "public, max-age=3600";
/** Seconds; a database that restarts is back in about as many. */
const COME_BACK_IN = { "Retry-After": "5" };

/**
 * Built files carry their hash in the name; what lies in public/ does not. Each has an ending and
 * no page has one, so no page is looked for on the disk first.
 */
function staticFiles(): MiddlewareHandler {
  const serve = serveStatic({
    root: "build/client",
    onFound: (path, c) => {
      c.header("Cache-Control", path.includes("/assets/") ? FOREVER : AN_HOUR);
    },
  });
  return (c, next) => (/\.\w+$/.test(c.req.path) ? serve(c, next) : next());
}

/** Below this a file hardly gets smaller; many of the farm's scripts are little above. */
const WORTH_PACKING = 256;

/** What people read; to make the few bytes fewer that a machine is answered costs more than it saves. */
function compressed(): MiddlewareHandler {
  const pack = compress({ threshold: WORTH_PACKING });
  return (c, next) => (isWebhook(c.req) ? next() : pack(c, next));
}

/**
 * The web server: static files and photos, the guards at the gate, then the pages.
 * Everything a page needs of the outside comes in through `services`.
 */
export function createServer(options: ServerOptions): Hono {
  const { services, trustProxy } = options;
  const { publicUrl } = services;
  const app = new Hono();
  const { build, mode } = options;
  const isBuilt = typeof build !== "function";
  const pages = isBuilt ? handlerByArea(build, mode) : createRequestHandler(build, mode);

  app.onError((error, c) => {
    if (logFailure(services, c, error) === "away") return refusal(c, 503, COME_BACK_IN);
    return refusal(c, 500);
  });
  app.use(secureHeaders({ publicUrl, paymentOrigins: options.paymentOrigins }));
  app.use(knownMethods);
  app.get("/photos/:name", (c) => photoResponse(services.photos, c.req.param("name"), c.req.raw));
  app.use(compressed());
  if (options.pages) app.use(keepPages(options.pages));
  app.get("*", staticFiles());
  app.use(requestLimits({ trustProxy }), ownOriginOnly({ publicUrl }));
  app.use(
    bodyLimits({
      isFarmer: (headers) => maySell(services, headers),
      hasOrdered: (c, number) => hasOrdered(services, c, number),
    }),
  );
  options.mount?.(app);
  // The framework's own data and manifest: no page asks for them, and what is not served
  // cannot leak.
  app.all("/__manifest", (c) => c.notFound());
  app.all("*", async (c) => {
    const isData = c.req.path.endsWith(".data") || c.req.query("_data") !== undefined;
    if (isData) return c.notFound();
    return answer(c, pages, options);
  });
  return app;
}

/** A database that is away is no bug of a page's, and its stack says nothing. */
function logFailure({ log }: Services, c: Context, error: unknown): "away" | "bug" {
  // Whoever reads the log must not be able to answer for a household, nor to read what is in a parcel.
  const path = c.req.path.replace(/^\/(consent|trace)\/.*/, "/$1/…");
  if (isDatabaseAway(error)) {
    log.warn({ path }, "the database is away: a request was asked to come back");
    return "away";
  }
  log.error({ err: error, path }, "a request failed");
  return "bug";
}

/** Farmers list what is theirs, managers what is their households'. */
async function maySell({ auth, db }: Services, headers: Headers): Promise<boolean> {
  const session = await auth.readSession(headers);
  if (session === null) return false;
  const { household, cooperative } = await readRoles(db, session.userId);
  return household !== null || cooperative !== null;
}

async function hasOrdered(services: Services, c: Context, number: string): Promise<boolean> {
  const { id: visitorId } = readVisitor(c, services);
  const buyer = await buyerOf(c.req.raw, { ...services, visitorId } as RequestContext);
  return (await findOrder(services.db, buyer, number)) !== null;
}

async function answer(
  c: Context,
  pages: ReturnType<typeof createRequestHandler>,
  { services, trustProxy, followsHost }: ServerOptions,
): Promise<Response> {
  let isAway = false;
  const language = getCookie(c, "lang");
  const visitor = readVisitor(c, services);
  const cookies = visitor.cookie ? [visitor.cookie] : [];
  const asked = localeInUrl(c.req.url);
  // Who comes by an address in one language goes on in it.
  if (asked && asked !== language) cookies.push(localeCookie(asked, services.publicUrl));
  const context: RequestContext = {
    ...services,
    publicUrl: followsHost ? new URL(c.req.url).origin : services.publicUrl,
    locale: asked ?? (isLocale(language) ? language : defaultLocale),
    clientAddress: addressOf(c, trustProxy),
    visitorId: visitor.id,
    setCookie: (cookie) => void cookies.push(cookie),
    failed: (error) => {
      isAway = logFailure(services, c, error) === "away" || isAway;
    },
  };
  // What a provider tells us of was done by nobody at the place that it calls from.
  const response = await (isWebhook(c.req)
    ? pages(c.req.raw, context)
    : actingFrom(originOf(context.clientAddress, c.req.header("user-agent")), () =>
        pages(c.req.raw, context),
      ));
  // Whatever its status: a form's refusal says 422 though the page around it could not be drawn.
  if (isAway) return refusal(c, 503, COME_BACK_IN);
  // A script is answered in its own language.
  const isForScript = response.headers.get("content-type")?.includes("json");
  if (response.status === 401 && !isForScript) return refusal(c, 401);
  if (isBare(c, response)) return bareAnswer(c, response.status);
  if (cookies.length === 0) return response;
  const answered = new Response(response.body, response);
  for (const cookie of cookies) answered.headers.append("Set-Cookie", cookie);
  return answered;
}
