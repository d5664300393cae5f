import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import {
  type BookedBefore,
  type BookedTransfer,
  bookTransfer,
} from "#app/domain/payments/book-transfer.ts";
import { type OwedFor, planTransfer } from "#app/domain/payments/plan-transfer.ts";
import type { OperatorScope } from "#app/domain/scopes.ts";
import {
  type ErrorKey,
  type FieldErrors,
  type FormValues,
  readForm,
} from "#app/forms/read-form.ts";
import { confirmation, transferFields } from "./transfer-fields.ts";
import type { ShownTransfer } from "./transfer-plan.tsx";

type Db = ActionFunctionArgs["context"]["db"];
type Refusal = Extract<BookedTransfer, { ok: false }>["reason"];

/** What a sent form comes to; an order or a payment that is not there is `null`. */
export type TransferAnswer =
  | { kind: "made" }
  | { kind: "form"; errors: FieldErrors; values: FormValues; before?: BookedBefore }
  | { kind: "plan"; plan: ShownTransfer; values: FormValues };

/** Beside which field a refusal stands, and in which words. */
const WRONG: Partial<Record<Refusal, [field: string, error: ErrorKey]>> = {
  "more-than-owed": ["amount", "moreThanOwed"],
  "not-an-amount": ["amount", "amount"],
  "not-a-reference": ["reference", "tooLong"],
  "reference-used": ["reference", "referenceUsed"],
  "taken-back": ["reference", "transferTakenBack"],
  "day-in-future": ["paidOn", "dayInFuture"],
  "day-before-payment": ["paidOn", "dayBeforePayment"],
};

/**
 * The form is sent twice: first it is answered with every posting that it would make, then that is
 * confirmed and booked just as it was shown. What was booked in between, or by this very form, is
 * shown anew.
 */
export async function answerTransfer(
  db: Db,
  operator: OperatorScope,
  owedFor: OwedFor,
  form: FormData,
): Promise<TransferAnswer | null> {
  const found = await planTransfer(db, operator, { owedFor });
  if (!found) return null;
  const asked = await readForm(form, transferFields(found.owed.currency));
  const confirmed = await readForm(form, confirmation);
  const { values } = asked;
  if (form.get("step") === "edit") return { kind: "form", errors: {}, values };
  if (!asked.ok) return { kind: "form", errors: asked.errors, values };
  const { amount: fen, paidOn, reference } = asked.value;
  const shown = await planTransfer(db, operator, { owedFor, fen });
  if (!shown) return null;
  const transfer = { owedFor, fen, paidOn, reference };
  // What is wrong with the day or the reference is said before the plan is shown: a mark of no plan
  // books nothing.
  const { clientKey, seen } = confirmed.ok
    ? confirmed.value
    : { clientKey: uuidv7(), seen: "none" };
  const made = await bookTransfer(db, operator, { ...transfer, clientKey, seen });
  if (made.ok) return { kind: "made" };
  const [field, error] = WRONG[made.reason] ?? [];
  if (field && error) return { kind: "form", errors: { [field]: error }, values };
  const before = made.reason === "booked-before" ? made : undefined;
  if (!shown.plan) return { kind: "form", errors: { amount: "moreThanOwed" }, values, before };
  const { mark, postings } = shown.plan;
  const { owedFen, currency, isDisputed } = shown.owed;
  const plan = {
    ...{ fen, currency, mark, postings, isDisputed, paidOn, reference },
    restFen: owedFen - fen,
  };
  const hasChanged = confirmed.ok && !before;
  return { kind: "plan", plan: { ...plan, clientKey: uuidv7(), hasChanged, before }, values };
}
