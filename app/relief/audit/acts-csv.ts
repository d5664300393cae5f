import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireOfficer } from "#app/account/guards.ts";
import { logFile } from "#app/acts/read-log.ts";
import { watchOne } from "#app/domain/audit/watched-cooperatives.ts";
import { download } from "#app/ui/download.ts";

/** The acts that are asked for, of a cooperative of the officer's county, as a file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const officer = await requireOfficer(request, context);
  const query = new URL(request.url).searchParams;
  const found = await watchOne(context.db, officer, query.get("cooperative"));
  if (!found) throw new Response(null, { status: 404 });
  return download(await logFile(context, found.scope, query), "acts.csv");
}
