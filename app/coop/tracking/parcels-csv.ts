import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { MOST_ROWS } from "#app/domain/imports/read-table.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import { readFilter } from "#app/domain/parcels/parcel-filter.ts";
import { parcelsFile } from "#app/domain/parcels/tracking/parcels-file.ts";
import { download } from "#app/ui/download.ts";

/** The packed parcels for a carrier's program. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const filter = { ...readFilter(new URL(request.url).searchParams), carrier: null };
  const asked = { status: "packed", filter, perPage: MOST_ROWS } as const;
  const name = filter.day ? `parcels-${filter.day}.csv` : "parcels.csv";
  return download(parcelsFile(await listParcels(context.db, scope, asked)), name);
}
