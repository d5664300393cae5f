import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { listingsFile } from "#app/domain/imports/listings-file.ts";
import { download } from "#app/ui/download.ts";

/** What the households sell, to be filled in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return download(await listingsFile(context.db, scope), "listings.csv");
}
