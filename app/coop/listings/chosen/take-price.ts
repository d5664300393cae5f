import { data } from "@remix-run/server-runtime";
import { z } from "zod";
import { pricesTable } from "#app/domain/imports/chosen-table.ts";
import { PRICE_STEPS } from "#app/domain/imports/price-change-rule.ts";
import { understand } from "#app/domain/imports/understand.ts";
import { readForm } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";
import { chosenRows, leadToTable, NOTHING_CHOSEN, type Sent } from "./sent.ts";

/** "2.5" or "2.5%" → 25; null for what is no share above zero and up to five times. */
function readTenthsPercent(typed: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d))?\s*%?$/.exec(
    typed.normalize("NFKC").replace("。", ".").trim(),
  );
  const tenths = match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : 0;
  return tenths > 0 && tenths <= 5_000 ? tenths : null;
}

const fields = z
  .object({
    clientKey: z.uuid(),
    way: z.enum(["up", "down"], "choose"),
    unit: z.enum(["percent", "yuan"], "choose"),
    amount: z.string().trim().min(1),
    step: z.coerce.number().refine((step) => PRICE_STEPS.some((each) => each === step), "choose"),
  })
  .transform(({ clientKey, way, unit, amount, step }, context) => {
    const size = unit === "percent" ? readTenthsPercent(amount) : parseYuan(amount);
    if (!size) {
      const message = unit === "percent" ? "percent" : "amount";
      context.addIssue({ code: "custom", path: ["amount"], message });
      return z.NEVER;
    }
    const signed = way === "up" ? size : -size;
    const by = unit === "percent" ? { tenthsPercent: signed } : { fen: signed };
    return { clientKey, change: { by, step } };
  });

/**
 * Keeps the new prices of the chosen listings as a table that was sent in, and leads to it: there each
 * line says what would come of it, and nothing has changed yet. The same form again leads to the same.
 */
export async function takePrice(sent: Sent) {
  const form = await readForm(sent.request, fields);
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 422 });
  const { clientKey, change } = form.value;
  const table = understand("prices", pricesTable(await chosenRows(sent), change));
  if (!table.ok) return data({ ...NOTHING_CHOSEN, values: form.values }, { status: 422 });
  return leadToTable(sent, { clientKey, kind: "prices", rows: table.rows });
}
