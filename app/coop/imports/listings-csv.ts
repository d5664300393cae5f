import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { listingsFile } from "#app/domain/imports/listings-file.ts";

/** What the households sell, to be filled in. Their aliases and stock must not stay in any cache. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return new Response(await listingsFile(context.db, scope), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="listings.csv"',
      "cache-control": "no-store",
    },
  });
}
