import { data, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readChosenListings } from "#app/domain/consents/read-coop-listings.ts";
import { stockTable } from "#app/domain/imports/chosen-table.ts";
import { keepImport } from "#app/domain/imports/keep-import.ts";
import { understand } from "#app/domain/imports/understand.ts";
import { readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { addedName } from "./added-name.ts";
import type { Sent } from "./sent.ts";

const fields = z.object({ clientKey: z.uuid(), harvestedOn: z.iso.date("date") });

/**
 * Keeps what has come in of the chosen listings as a table that was sent in, and leads to it, as
 * take-price.ts does. Each line's note says when it was typed: the same numbers an hour later are another batch.
 */
export async function takeStock({ request, context, scope, listingIds }: Sent) {
  const sent = await request.formData().catch(() => new FormData());
  const form = await readForm(sent, fields);
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const chosen = await readChosenListings(context.db, scope, listingIds);
  const listings = chosen.map((row) => ({
    ...{ id: row.id, priceFen: row.priceFen },
    title: pick(context.locale, row.titleZh, row.titleEn),
  }));
  const typed = listings.map(({ id }) => [id, String(sent.get(addedName(id)) ?? "")] as const);
  const now = new Date();
  const table = understand(
    "lots",
    stockTable(listings, {
      added: new Map(typed),
      harvestedOn: form.value.harvestedOn,
      note: `${shanghaiDay(now)} ${formatDateTime(now, "en").slice(-5)}`,
    }),
  );
  const first = listings[0];
  if (!table.ok) {
    const errors = first
      ? { [addedName(first.id)]: "atLeastOne" as const }
      : { form: "choose" as const };
    return data({ errors, values: form.values }, { status: 422 });
  }
  const kept = { clientKey: form.value.clientKey, kind: "lots", rows: table.rows } as const;
  const { importId } = await keepImport(context.db, scope, kept);
  return redirect(`/coop/imports/${importId}`, 303);
}
