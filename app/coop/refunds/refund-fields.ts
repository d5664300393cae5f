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

/** Refuses with a word of i18n "errors"; null is nothing wrong. */
type Wrong = (text: string, most: number) => ErrorKey | null;

const wrongUnits: Wrong = (text, most) => {
  if (!/^[-−]?\d+$/.test(text)) return "wholeNumber";
  if (!/^0*[1-9]/.test(text)) return "atLeastOne";
  return Number(text) > most ? "moreThanLeft" : null;
};

const wrongYuan: Wrong = (text, most) => {
  if (/^[-−]\d/.test(text)) return "aboveZero";
  if (/^\d{10,}(\.\d{1,2})?$/.test(text)) return "moreThanLeft";
  const fen = parseYuan(text);
  if (fen === null) return "amount";
  if (fen === 0) return "aboveZero";
  return fen > most ? "moreThanLeft" : null;
};

/** No freight is a choice, however it is said. */
const wrongFreight: Wrong = (text, most) => (parseYuan(text) === 0 ? null : wrongYuan(text, most));

/** A field that may stay empty; what is typed must be right and no more than is left. */
function optional(wrong: Wrong, read: (text: string) => number | null, most: number) {
  const field = z.string().transform((typed, context): number | null => {
    const text = typed.normalize("NFKC").trim();
    const message = text === "" ? null : wrong(text, most);
    if (message) context.addIssue({ code: "custom", message });
    return text === "" || message ? null : read(text);
  });
  return field.optional();
}

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
 * and the reason; all that is wrong is said at once. What was left a moment ago is compared here,
 * what is left when it is carried out by the domain.
 */
export async function readRefundForm(form: FormData, left: ParcelLeft): Promise<AskedRefund> {
  const names = left.lines.flatMap(({ orderLineId: id, units, leftFen }) => [
    [quantityField(id), optional(wrongUnits, Number, units)] as const,
    [amountField(id), optional(wrongYuan, parseYuan, leftFen)] as const,
  ]);
  const freight = optional(wrongFreight, parseYuan, left.freightFen);
  const numbers = await readForm(form, z.object({ ...Object.fromEntries(names), freight }));
  const said = await readForm(form, words);
  const { values } = numbers;
  const errors: FieldErrors = {};
  if (!numbers.ok) Object.assign(errors, numbers.errors);
  if (!said.ok) Object.assign(errors, said.errors);

  const typed = new Map(numbers.ok ? Object.entries(numbers.value) : []);
  const items: RefundItem[] = [];
  const fields: string[] = [];
  for (const { orderLineId } of left.lines) {
    const [inUnits, inYuan] = [quantityField(orderLineId), amountField(orderLineId)];
    const quantity = typed.get(inUnits) ?? null;
    const fen = typed.get(inYuan) ?? null;
    if (quantity === null && fen === null) continue;
    fields.push(quantity === null ? inYuan : inUnits);
    if (quantity !== null) items.push({ orderLineId, quantity });
    else if (fen !== null) items.push({ orderLineId, fen });
    if (quantity !== null && fen !== null) errors[inYuan] = "oneOfTwo";
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

/** What the form says, however much is left by now: a second sending comes when less is. */
export function readMeantRefund(form: FormData): Promise<AskedRefund> {
  const ids = [...form.keys()].flatMap(
    (name) => /^(?:quantity|amount)-(.+)$/.exec(name)?.[1] ?? [],
  );
  const most = Number.POSITIVE_INFINITY;
  const lines = [...new Set(ids)].map((orderLineId) => ({
    orderLineId,
    leftFen: most,
    units: most,
  }));
  return readRefundForm(form, { lines, freightFen: most });
}
