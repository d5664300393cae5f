import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { answerWith, type PackedPage, type PageRequest } from "./packed-page.ts";
import type { PageCache } from "./page-cache.ts";
import { type SharedPage, sharedPageOf } from "./shared-page.ts";

/**
 * Answers a page that stands ready before anything else of the server is asked, and leaves the rest
 * to it: a page of a few kilobytes costs less than the layers it would pass.
 */
export function readyPagesFirst(pages: PageCache, others: RequestListener): RequestListener {
  return (request, response) => {
    if (!answerReady(pages, request, response)) others(request, response);
  };
}

function answerReady(
  pages: PageCache,
  { method, url = "", headers }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { host, cookie, authorization } = headers;
  const shared = sharedPageOf({ method, target: url, host, cookie, authorization });
  const ready = shared && pages.find(shared);
  if (!ready) return false;
  const answer = answerWith(ready, {
    method,
    acceptEncoding: headers["accept-encoding"] as string | undefined,
    ifNoneMatch: headers["if-none-match"],
  });
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body ?? undefined);
  return true;
}

/**
 * Keeps the shared pages that are drawn. They are drawn for a request of ours that has nothing of
 * the one that asks but its language and size of type: so nothing of hers can stand in them.
 */
export function keepPages(pages: PageCache): MiddlewareHandler {
  return async (c, next) => {
    const shared = pages.isHearing() ? sharedPageOf(askingOf(c)) : null;
    if (!shared) return next();
    const asked = requestOf(c);
    const ready = pages.find(shared) ?? (await pages.awaited(shared));
    if (ready) return answered(ready, asked);
    const packed = await pages.fill(shared, async () => {
      c.req.raw = nobodysRequest(c.req.raw, shared);
      await next();
      return isShareable(c.res) ? c.res.text() : null;
    });
    if (!packed) return undefined;
    c.res = undefined; // its body is read, and its headers are packed with the page
    c.res = answered(packed, asked);
    return undefined;
  };
}

function askingOf({ req }: Context) {
  const { pathname, search } = new URL(req.url);
  const [host, cookie] = [req.header("host"), req.header("cookie")];
  const authorization = req.header("authorization");
  return { method: req.method, target: pathname + search, host, cookie, authorization };
}

const requestOf = ({ req }: Context): PageRequest => ({
  method: req.method,
  acceptEncoding: req.header("accept-encoding"),
  ifNoneMatch: req.header("if-none-match"),
});

function nobodysRequest(request: Request, { href, cookie }: SharedPage): Request {
  const host = request.headers.get("host") ?? "";
  return new Request(new URL(href, request.url), { headers: { host, cookie } });
}

/** A page as it should be, that sets nothing in the browser it goes to. */
function isShareable({ status, headers }: Response): boolean {
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  return status === 200 && isPage && !headers.has("set-cookie") && !headers.has("cache-control");
}

function answered(page: PackedPage, request: PageRequest): Response {
  const { status, headers, body } = answerWith(page, request);
  const pairs = headers.flatMap((name, at) =>
    at % 2 === 0 ? [[name, headers[at + 1] ?? ""]] : [],
  );
  return new Response(body && new Uint8Array(body), {
    status,
    headers: pairs as [string, string][],
  });
}
