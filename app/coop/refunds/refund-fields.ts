import { z } from "zod";
import type { ParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import type { RefundItem, RefundOf } from "#app/domain/payments/plan-refund.ts";
import {
  type ErrorKey,
  type FieldErrors,
  type FormValues,
  readForm,
} from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

const MOST_DIGITS = 6;

function wrongUnits(text: string): ErrorKey | null {
  if (!/^[-−]?\d+$/.test(text)) return "wholeNumber";
  if (!/^0*[1-9]/.test(text)) return "atLeastOne";
  return text.length > MOST_DIGITS ? "moreThanLeft" : null;
}

function wrongYuan(text: string): ErrorKey | null {
  if (/^[-−]\d/.test(text)) return "aboveZero";
  if (/^\d{10,}(\.\d{1,2})?$/.test(text)) return "moreThanLeft";
  const fen = parseYuan(text);
  if (fen === null) return "amount";
  return fen === 0 ? "aboveZero" : null;
}

/** A field that may stay empty; what is typed must be right. */
function optional(wrong: (text: string) => ErrorKey | null, read: (text: string) => number | null) {
  return z.string().transform((typed, context): number | null => {
    const text = typed.normalize("NFKC").trim();
    const message = text === "" ? null : wrong(text);
    if (message) context.addIssue({ code: "custom", message });
    return text === "" || message ? null : read(text);
  });
}

const units = optional(wrongUnits, Number).optional();
const yuan = optional(wrongYuan, parseYuan).optional();
const words = z.object({ note: z.string().trim().min(2).max(LONGEST_REASON) });

export const quantityField = (lineId: string) => `quantity-${lineId}`;
export const amountField = (lineId: string) => `amount-${lineId}`;

export type AskedRefund =
  | {
      ok: true;
      of: Extract<RefundOf, { kind: "items" }>;
      note: string;
      /** The field of each item, for what the domain says of it. */
      fields: string[];
      values: FormValues;
    }
  | { ok: false; errors: FieldErrors; values: FormValues };

/**
 * Reads the refund form of a parcel: of each line that has something left units or yuan, freight,
 * and the reason. Whether there is enough left is not asked here.
 */
export async function readRefundForm(form: FormData, left: ParcelLeft): Promise<AskedRefund> {
  const names = left.lines.flatMap(({ orderLineId: id }) => [
    [quantityField(id), units] as const,
    [amountField(id), yuan] as const,
  ]);
  const numbers = await readForm(form, z.object({ ...Object.fromEntries(names), freight: yuan }));
  const said = await readForm(form, words);
  const { values } = numbers;
  const errors: FieldErrors = {};
  if (!numbers.ok) Object.assign(errors, numbers.errors);
  if (!said.ok) Object.assign(errors, said.errors);

  const typed = new Map(numbers.ok ? Object.entries(numbers.value) : []);
  const items: RefundItem[] = [];
  const fields: string[] = [];
  for (const { orderLineId } of left.lines) {
    const quantity = typed.get(quantityField(orderLineId)) ?? null;
    const fen = typed.get(amountField(orderLineId)) ?? null;
    if (quantity !== null && fen !== null) errors[amountField(orderLineId)] = "oneOfTwo";
    else if (quantity !== null) items.push({ orderLineId, quantity });
    else if (fen !== null) items.push({ orderLineId, fen });
    else continue;
    fields.push(quantity !== null ? quantityField(orderLineId) : amountField(orderLineId));
  }
  const freightFen = typed.get("freight") ?? 0;
  if (numbers.ok && fields.length === 0 && freightFen === 0) {
    const first = left.lines[0];
    errors[first ? quantityField(first.orderLineId) : "freight"] = "nothingToRefund";
  }
  if (!said.ok || Object.keys(errors).length > 0) return { ok: false, errors, values };
  const of = { kind: "items", items, freightFen } as const;
  return { ok: true, of, note: said.value.note, fields, values };
}
