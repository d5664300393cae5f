import { data } from "@remix-run/server-runtime";
import { z } from "zod";
import { shanghaiDay, shanghaiTime } from "#app/domain/calendar/day-rule.ts";
import { stockTable } from "#app/domain/imports/chosen-table.ts";
import { understand } from "#app/domain/imports/understand.ts";
import { readForm } from "#app/forms/read-form.ts";
import { addedName } from "./added-name.ts";
import { chosenRows, leadToTable, NOTHING_CHOSEN, type Sent } from "./sent.ts";

const fields = z.object({ clientKey: z.uuid(), harvestedOn: z.iso.date("date") });

/**
 * Keeps what has come in of the chosen listings as a table that was sent in, and leads to it, as
 * take-price.ts does. Each line's note says when it was typed: the same numbers an hour later are another batch.
 */
export async function takeStock(sent: Sent) {
  const typed = await sent.request.formData().catch(() => new FormData());
  const form = await readForm(typed, fields);
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { clientKey, harvestedOn } = form.value;
  const listings = await chosenRows(sent);
  const added = listings.map(({ id }) => [id, String(typed.get(addedName(id)) ?? "")] as const);
  const now = new Date();
  const table = understand(
    "lots",
    stockTable(listings, {
      ...{ added: new Map(added), harvestedOn },
      note: `${shanghaiDay(now)} ${shanghaiTime(now)}`,
    }),
  );
  const first = listings[0];
  if (!table.ok) {
    const beside = first && { errors: { [addedName(first.id)]: "atLeastOne" as const } };
    return data({ ...(beside ?? NOTHING_CHOSEN), values: form.values }, { status: 422 });
  }
  return leadToTable(sent, { clientKey, kind: "lots", rows: table.rows });
}
