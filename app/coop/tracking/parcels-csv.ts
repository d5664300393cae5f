import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import { readFilter } from "#app/domain/parcels/parcel-filter.ts";
import { parcelsFile } from "#app/domain/parcels/tracking/parcels-file.ts";
import { MOST_ROWS } from "#app/domain/parcels/tracking/read-tracking.ts";

/** The packed parcels for a carrier's program. Names and addresses must not stay in any cache. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const filter = { ...readFilter(new URL(request.url).searchParams), carrier: null };
  const asked = { status: "packed", filter, perPage: MOST_ROWS } as const;
  return new Response(parcelsFile(await listParcels(context.db, scope, asked)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="parcels${filter.day ? `-${filter.day}` : ""}.csv"`,
      "cache-control": "no-store",
    },
  });
}
