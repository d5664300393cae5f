import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { AppLoadContext, EntryContext } from "@remix-run/server-runtime";
import { renderToString } from "react-dom/server";
import type { RequestContext } from "./load-context.ts";
import { packOwnPage } from "./page-cache/pack-own-page.ts";
import { loader as root } from "./root.tsx";

// renderToString, not a stream: no page waits for slow parts, and it is two to three times faster.
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const { loaderData, errors } = remix.staticHandlerContext;
  // Where a form is answered by an error, Remix has not read what the page around it needs.
  if (errors && !loaderData.root && request.method === "POST") {
    loaderData.root = await root({ request, context, params: {} }).catch(() => undefined);
  }
  const html = renderToString(<RemixServer context={remix} url={request.url} />);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return packOwnPage(`<!DOCTYPE html>${html}`, request, status, headers);
}

/** Remix calls this for every error of a page; a page that is not there is none of ours. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Pick<RequestContext, "failed"> },
) {
  if (request.signal.aborted) return;
  if (isRouteErrorResponse(error) && error.status < 500) return;
  context.failed(error);
}
