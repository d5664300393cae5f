import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import {
  type ListedParcel,
  listChosenParcels,
  listParcels,
} from "#app/domain/parcels/list-parcels.ts";
import { readFilter } from "#app/domain/parcels/parcel-filter.ts";
import { partOf } from "#app/domain/parcels/parcel-number-rule.ts";
import { hereStatuses } from "#app/domain/parcels/parcel-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { translator } from "#app/i18n/translate.ts";

/** As many as a browser prints at once; the next are on the next page. */
export const MOST = 200;

export type Label = Pick<
  ListedParcel,
  "id" | "orderNumber" | "weightGrams" | "shipTo" | "lines"
> & {
  /** Which of the parcels of its order it is, of how many. */
  part: number;
  parts: number;
  traceUrl: string;
  cooperative: { nameZh: string; nameEn: string };
};

type Db = LoaderFunctionArgs["context"]["db"];

/** Those that the address names, oldest first; 404 where none of them is the cooperative's. */
async function readNamed(db: Db, scope: CoopScope, ids: readonly string[]) {
  const parcels = await listChosenParcels(db, scope, ids.slice(0, MOST));
  if (parcels.length === 0) throw new Response(null, { status: 404 });
  return parcels;
}

/** Labels for the parcels named (?parcel=) or for a column of the board (?state=), oldest first. */
export async function readLabels({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const { db, publicUrl, locale } = context;
  const query = new URL(request.url).searchParams;
  const asked = query.getAll("parcel");
  const isColumn = asked.length === 0;
  const status = hereStatuses.find((here) => here === query.get("state")) ?? "packed";
  const filter = { ...readFilter(query), carrier: null };
  const count = isColumn ? (await countParcels(db, scope, filter))[status] : asked.length;
  const pages = isColumn ? Math.max(1, Math.ceil(count / MOST)) : 1;
  const page = Math.min(pages, pageOf(request));
  const [cooperative, parcels] = await Promise.all([
    readCooperative(db, scope),
    isColumn
      ? listParcels(db, scope, { status, filter, page, perPage: MOST })
      : readNamed(db, scope, asked),
  ]);
  const labels = parcels.map(
    ({ id, orderNumber, weightGrams, shipTo, lines, traceCode, otherParts }): Label => ({
      part: partOf(orderNumber),
      parts: otherParts.length + 1,
      ...{ id, orderNumber, weightGrams, shipTo, lines, cooperative },
      traceUrl: `${publicUrl}/trace/${traceCode}`,
    }),
  );
  const title = translator(locale, "trace")("label.documentTitle");
  return {
    title,
    labels,
    status,
    parcelIds: isColumn ? null : parcels.map(({ id }) => id),
    filter,
    count,
    page,
    pages,
  };
}
