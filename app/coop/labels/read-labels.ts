import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { type ListedParcel, listParcels } from "#app/domain/parcels/list-parcels.ts";
import { readFilter } from "#app/domain/parcels/parcel-filter.ts";
import { hereStatuses } from "#app/domain/parcels/parcel-states.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { translator } from "#app/i18n/translate.ts";

/** As many as a browser prints at once; the next are on the next page. */
export const MOST = 200;

export type Label = Pick<
  ListedParcel,
  "id" | "orderNumber" | "weightGrams" | "shipTo" | "lines"
> & { traceUrl: string; cooperative: { nameZh: string; nameEn: string } };

type Db = LoaderFunctionArgs["context"]["db"];

/** The one parcel that the address names; 404 for another cooperative's. */
async function readOne(db: Db, scope: CoopScope, parcelId: string): Promise<ListedParcel[]> {
  const parcel = await readParcel(db, scope, parcelId);
  if (!parcel) throw new Response(null, { status: 404 });
  return [parcel];
}

/** Labels for one parcel (?parcel=) or for a column of the board (?state=), oldest first. */
export async function readLabels({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const { db, publicUrl, locale } = context;
  const query = new URL(request.url).searchParams;
  const asked = query.get("parcel");
  const status = hereStatuses.find((here) => here === query.get("state")) ?? "packed";
  const filter = { ...readFilter(query), carrier: null };
  const count = asked === null ? (await countParcels(db, scope, filter))[status] : 1;
  const pages = Math.max(1, Math.ceil(count / MOST));
  const page = Math.min(pages, pageOf(request));
  const [cooperative, parcels] = await Promise.all([
    readCooperative(db, scope),
    asked === null
      ? listParcels(db, scope, { status, filter, page, perPage: MOST })
      : readOne(db, scope, asked),
  ]);
  const labels = parcels.map(
    ({ id, orderNumber, weightGrams, shipTo, lines, traceCode }): Label => ({
      ...{ id, orderNumber, weightGrams, shipTo, lines, cooperative },
      traceUrl: `${publicUrl}/trace/${traceCode}`,
    }),
  );
  const title = translator(locale, "trace")("label.documentTitle");
  return { title, labels, status, parcelId: asked, filter, count, page, pages };
}
