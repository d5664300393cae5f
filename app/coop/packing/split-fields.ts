import { z } from "zod";
import { MAX_QUANTITY } from "#app/domain/listings/offer-rules.ts";
import type { LaterGoods } from "#app/domain/parcels/divide-parcel.ts";
import { restReasons } from "#app/domain/parcels/split-rule.ts";
import { quantityField } from "#app/forms/quantity-field.ts";

const NAME = /^later-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The field that says how many units of a line go later. */
export const laterName = ({ id }: { id: string }) => `later-${id}`;

/** Left empty is none. */
const units = z
  .string()
  .transform((text) => (text.trim() === "" ? "0" : text))
  .pipe(quantityField(0, MAX_QUANTITY));

/**
 * What the form says, of whichever lines: one that went later by this very form, whose answer was lost,
 * is not the parcel's any more when it comes a second time.
 */
export const splitFields = z
  .object({
    reason: z.enum(restReasons, "choose"),
    promisedOn: z.string("required").min(1, "required"),
    shownUnits: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    clientKey: z.uuid(),
  })
  .catchall(units);

/** Of which lines how many units go later; of all others none. */
export function laterOf(sent: Record<string, unknown>): LaterGoods[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    const [, orderLineId] = NAME.exec(name) ?? [];
    return orderLineId && typeof value === "number" && value !== 0
      ? [{ orderLineId, units: value }]
      : [];
  });
}
