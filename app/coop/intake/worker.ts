import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import source from "./scale-worker.js?raw";

const HEADERS = {
  "Content-Type": "text/javascript; charset=utf-8",
  "Cache-Control": "no-cache",
  // The scale's page has no slash at its end.
  "Service-Worker-Allowed": "/coop/intake",
};

/** The scale's service worker. A phone that has it keeps it when a session has ended. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  await requireCoop(request, context, "pack");
  return new Response(source, { headers: HEADERS });
}
