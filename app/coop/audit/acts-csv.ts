import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { logFile } from "#app/acts/read-log.ts";
import { download } from "#app/ui/download.ts";

/** The acts that are asked for, as a file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  return download(await logFile(context, scope, new URL(request.url).searchParams), "acts.csv");
}
