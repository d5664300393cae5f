import { z } from "zod";
import { MAX_QUANTITY } from "#app/domain/listings/offer-rules.ts";
import { lossReasons } from "#app/domain/stock/loss-reasons.ts";
import type { ProposedSubstitute } from "#app/domain/substitutions/propose-substitute.ts";
import { quantityField } from "#app/forms/quantity-field.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";

/** What is not there. */
export const lackFields = z.object({
  line: z.uuid("choose"),
  missing: quantityField(1, MAX_QUANTITY),
  reason: z.enum(lossReasons, "choose"),
});
export type Lack = z.output<typeof lackFields>;

const OFFER = /^([0-9a-f-]{36})\.([1-9]\d{0,8})$/;

/** An offer, and what one unit of it was shown to cost. */
export const offerValue = (of: { listingId: string; priceFen: number }) =>
  `${of.listingId}.${of.priceFen}`;

/** What is offered instead. */
export const offerFields = z.object({
  offer: z
    .string("choose")
    .regex(OFFER, "choose")
    .transform((text) => {
      const [, listingId = "", price] = OFFER.exec(text) ?? [];
      return { listingId, seenPriceFen: Number(price) };
    }),
  quantity: quantityField(1, MAX_QUANTITY),
  clientKey: z.uuid(),
});

type Refusal = Extract<ProposedSubstitute, { ok: false }>["reason"];

/** What is said beside a field, and of which; all else concerns the parcel as a whole. */
export const beside: Partial<Record<Refusal, { field: string; error: ErrorKey }>> = {
  "unknown-line": { field: "line", error: "choose" },
  "not-so-many": { field: "missing", error: "shortTooMany" },
  "more-than-left": { field: "missing", error: "refundLess" },
  "nothing-left": { field: "missing", error: "refundLess" },
  "weighed-already": { field: "line", error: "shortWeighed" },
  "substitute-open": { field: "line", error: "substituteAsked" },
  "taken-before": { field: "quantity", error: "shortBefore" },
  "quantity-invalid": { field: "quantity", error: "wholeNumber" },
  "too-dear": { field: "quantity", error: "substituteDear" },
  "not-in-stock": { field: "quantity", error: "substituteStock" },
  "offer-gone": { field: "offer", error: "substituteGone" },
  "offer-changed": { field: "offer", error: "substitutePrice" },
};
